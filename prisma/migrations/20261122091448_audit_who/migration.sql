-- AlterTable
ALTER TABLE "audit" ADD COLUMN     "contact" TEXT,
ADD COLUMN     "count" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "details" JSONB,
ADD COLUMN     "role" "role";

-- CreateTable
CREATE TABLE "refusal" (
    "platform" "platform_name" NOT NULL,
    "user_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "refusal_pkey" PRIMARY KEY ("platform","user_id","hour")
);

-- CreateIndex
CREATE INDEX "refusal_hour_idx" ON "refusal"("hour");

-- CreateIndex
CREATE INDEX "audit_records_idx" ON "audit" USING GIN ("records");

-- ---- By hand from here: what the schema file cannot say.

ALTER TABLE "audit" ADD CONSTRAINT "audit_count_check" CHECK ("count" > 0);
ALTER TABLE "refusal" ADD CONSTRAINT "refusal_count_check" CHECK ("count" > 0);

-- What only grows does so also for a session that calls itself a replica, in which ordinary triggers rest.
ALTER TABLE "audit" ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE "decision_version" ENABLE ALWAYS TRIGGER append_only;
