-- Lists under a name; without an owner everybody of the namespace has them.
CREATE TABLE "saved_view" (
    "namespace_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "is_default" INTEGER NOT NULL,
    "changed_at" DOUBLE PRECISION NOT NULL,
    "changed_by" TEXT NOT NULL,
    PRIMARY KEY ("namespace_id", "owner", "name")
);
