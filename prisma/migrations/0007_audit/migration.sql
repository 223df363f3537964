-- Who did what through the console.
CREATE TABLE "audit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DOUBLE PRECISION NOT NULL,
    "who" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "problem" TEXT NOT NULL
);
CREATE INDEX "audit_order" ON "audit"("at" DESC, "id" DESC);
CREATE INDEX "audit_of_namespace" ON "audit"("namespace", "at" DESC, "id" DESC);
CREATE INDEX "audit_of_workflow" ON "audit"("workflow_id", "at" DESC, "id" DESC);
