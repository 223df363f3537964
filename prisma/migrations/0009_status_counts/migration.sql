-- How many runs of each status a namespace has, kept with each change: counting a million rows holds up every commit meanwhile.
CREATE TABLE "status_count" (
  "namespace_id" TEXT NOT NULL,
  "status" INTEGER NOT NULL,
  "count" INTEGER NOT NULL,
  PRIMARY KEY ("namespace_id", "status")
) WITHOUT ROWID;
INSERT INTO "status_count" SELECT "namespace_id", "status", COUNT(*) FROM "visibility" GROUP BY "namespace_id", "status";

CREATE TRIGGER "visibility_counted" AFTER INSERT ON "visibility" BEGIN
  INSERT INTO "status_count" VALUES (NEW."namespace_id", NEW."status", 1)
    ON CONFLICT DO UPDATE SET "count" = "count" + 1;
END;
CREATE TRIGGER "visibility_recounted" AFTER UPDATE OF "status" ON "visibility" WHEN OLD."status" <> NEW."status" BEGIN
  UPDATE "status_count" SET "count" = "count" - 1 WHERE "namespace_id" = OLD."namespace_id" AND "status" = OLD."status";
  INSERT INTO "status_count" VALUES (NEW."namespace_id", NEW."status", 1)
    ON CONFLICT DO UPDATE SET "count" = "count" + 1;
END;
CREATE TRIGGER "visibility_discounted" AFTER DELETE ON "visibility" BEGIN
  UPDATE "status_count" SET "count" = "count" - 1 WHERE "namespace_id" = OLD."namespace_id" AND "status" = OLD."status";
END;
