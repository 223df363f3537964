-- What people filter a list by together stands in each index, so that rows which do not match are passed over without being read.
DROP INDEX "visibility_type";
DROP INDEX "visibility_status";
CREATE INDEX "visibility_type" ON "visibility"("namespace_id", "workflow_type", COALESCE("close_time", 1e300) DESC, "start_time" DESC, "run_id" DESC, "status");
CREATE INDEX "visibility_status" ON "visibility"("namespace_id", "status", COALESCE("close_time", 1e300) DESC, "start_time" DESC, "run_id" DESC, "workflow_type");
-- Counts of a stretch of time, of which a histogram asks sixty at once.
CREATE INDEX "visibility_start" ON "visibility"("namespace_id", "start_time", "status", "workflow_type");
