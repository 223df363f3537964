-- Schedules, each read and written whole.
CREATE TABLE "schedule" (
  "namespace_id" TEXT NOT NULL,
  "schedule_id" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "state" BLOB NOT NULL,
  PRIMARY KEY ("namespace_id", "schedule_id")
);
