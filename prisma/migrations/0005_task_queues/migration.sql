-- What people have set for task queues; the queues themselves are in memory.
CREATE TABLE "task_queue_config" (
  "namespace_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  PRIMARY KEY ("namespace_id", "kind", "name")
);
