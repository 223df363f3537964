-- Worker deployments, and the versions of each.
CREATE TABLE "deployment" (
  "namespace_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  PRIMARY KEY ("namespace_id", "name")
);
CREATE TABLE "deployment_version" (
  "namespace_id" TEXT NOT NULL,
  "deployment" TEXT NOT NULL,
  "build_id" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  PRIMARY KEY ("namespace_id", "deployment", "build_id")
);
