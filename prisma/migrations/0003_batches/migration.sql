-- One row per batch job: what was asked for, and how far it has come.
CREATE TABLE "batch" (
    "namespace_id" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "state" INTEGER NOT NULL,
    "started_at" DOUBLE PRECISION NOT NULL,
    "closed_at" DOUBLE PRECISION,
    "request" BLOB NOT NULL,
    "record" TEXT NOT NULL,
    PRIMARY KEY ("namespace_id", "job_id")
);
CREATE INDEX "batch_order" ON "batch"("namespace_id", "started_at" DESC, "job_id" DESC);
-- A namespace runs one job at a time.
CREATE UNIQUE INDEX "batch_running" ON "batch"("namespace_id") WHERE "state" = 1;

-- The runs a job is about, as they were found when it started; gone when it has ended.
CREATE TABLE "batch_target" (
    "namespace_id" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "targets" TEXT NOT NULL,
    PRIMARY KEY ("namespace_id", "job_id", "page")
);
