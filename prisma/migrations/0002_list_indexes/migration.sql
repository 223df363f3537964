-- The whole default order stands in each index, so that a page is read in its order and ends with its last row, whatever else is there.
DROP INDEX "visibility_workflow_id";
DROP INDEX "visibility_type";
DROP INDEX "visibility_status";
CREATE INDEX "visibility_workflow_id" ON "visibility"("namespace_id", "workflow_id", COALESCE("close_time", 1e300) DESC, "start_time" DESC, "run_id" DESC);
CREATE INDEX "visibility_type" ON "visibility"("namespace_id", "workflow_type", COALESCE("close_time", 1e300) DESC, "start_time" DESC, "run_id" DESC);
CREATE INDEX "visibility_status" ON "visibility"("namespace_id", "status", COALESCE("close_time", 1e300) DESC, "start_time" DESC, "run_id" DESC);
