-- One row per run. It is small, because every step of the run writes it.
CREATE TABLE "run" (
    "run_id" TEXT NOT NULL PRIMARY KEY,
    "namespace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "is_open" INTEGER NOT NULL,
    "due_at" DOUBLE PRECISION,
    "has_duties" INTEGER NOT NULL
);
CREATE INDEX "run_active" ON "run"("run_id") WHERE "is_open" = 1 OR "has_duties" = 1;

-- Appended, never changed: one step of a run with the history it wrote and the notes history does not carry.
CREATE TABLE "transition" (
    "run_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "first_event_id" BIGINT NOT NULL,
    "event_count" BIGINT NOT NULL,
    "events" BLOB NOT NULL,
    "notes" BLOB NOT NULL
);
CREATE UNIQUE INDEX "transition_key" ON "transition"("run_id", "version");

CREATE TABLE "snapshot" (
    "run_id" TEXT NOT NULL PRIMARY KEY,
    "version" BIGINT NOT NULL,
    "state" BLOB NOT NULL
);

-- What a workflow id resolves to.
CREATE TABLE "current_run" (
    "namespace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    PRIMARY KEY ("namespace_id", "workflow_id")
);

-- The index by which runs are found. Written when a run starts, ends, or changes its attributes.
CREATE TABLE "visibility" (
    "run_id" TEXT NOT NULL PRIMARY KEY,
    "namespace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "workflow_type" TEXT NOT NULL,
    "task_queue" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "start_time" DOUBLE PRECISION NOT NULL,
    "execution_time" DOUBLE PRECISION NOT NULL,
    "close_time" DOUBLE PRECISION,
    "history_length" BIGINT,
    "history_size_bytes" BIGINT,
    "state_transition_count" BIGINT,
    "parent_workflow_id" TEXT,
    "parent_run_id" TEXT,
    "root_workflow_id" TEXT,
    "root_run_id" TEXT,
    "memo" BLOB,
    "search_attributes" BLOB,
    "attributes" TEXT NOT NULL
);
-- Open runs first: they have no close time, which sorts as later than any other.
CREATE INDEX "visibility_order" ON "visibility"("namespace_id", COALESCE("close_time", 1e300) DESC, "start_time" DESC, "run_id" DESC);
CREATE INDEX "visibility_workflow_id" ON "visibility"("namespace_id", "workflow_id", "start_time");
CREATE INDEX "visibility_type" ON "visibility"("namespace_id", "workflow_type", COALESCE("close_time", 1e300) DESC, "start_time" DESC);
CREATE INDEX "visibility_status" ON "visibility"("namespace_id", "status", COALESCE("close_time", 1e300) DESC, "start_time" DESC);

CREATE TABLE "namespace" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL UNIQUE,
    "version" BIGINT NOT NULL,
    "record" TEXT NOT NULL
);
