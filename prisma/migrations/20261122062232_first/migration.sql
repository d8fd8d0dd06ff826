-- CreateEnum
CREATE TYPE "region_kind" AS ENUM ('land', 'police_district', 'district', 'municipality');

-- CreateEnum
CREATE TYPE "organisation_kind" AS ENUM ('ministry', 'government_office', 'police', 'federal_police', 'customs', 'judiciary', 'armed_forces', 'municipality', 'district_authority', 'fire_service', 'civil_protection', 'school', 'hospital', 'welfare', 'victim_support', 'counselling', 'addiction_support', 'prevention_council', 'church', 'association', 'business', 'other');

-- CreateEnum
CREATE TYPE "topic" AS ENUM ('victim_support', 'prevention', 'traffic_safety', 'complaints', 'extremism', 'youth', 'addiction', 'school', 'domestic_violence', 'crisis', 'training', 'materials', 'press', 'funding', 'coordination', 'security_partnership');

-- CreateEnum
CREATE TYPE "visibility" AS ENUM ('public', 'partners', 'organisers');

-- CreateEnum
CREATE TYPE "need" AS ENUM ('psychosocial_care', 'trauma_therapy', 'legal_advice', 'financial_aid', 'shelter', 'interpreting', 'child_youth', 'addiction', 'medical', 'pastoral_care', 'victim_advocacy');

-- CreateEnum
CREATE TYPE "audience" AS ENUM ('women', 'men', 'children', 'youth', 'families', 'seniors', 'lgbtiq', 'people_with_disabilities', 'relatives', 'witnesses', 'responders');

-- CreateEnum
CREATE TYPE "agreement_kind" AS ENUM ('cooperation_agreement', 'joint_declaration', 'security_partnership', 'accession');

-- CreateEnum
CREATE TYPE "commitment_kind" AS ENUM ('joint_event', 'training', 'conference', 'exchange_meeting', 'materials', 'feedback', 'coordination', 'crisis_contact', 'referral', 'coaching', 'security_analysis', 'funding', 'review', 'council', 'project');

-- CreateEnum
CREATE TYPE "event_kind" AS ENUM ('training', 'exchange_meeting', 'regional_conference', 'council_session', 'exercise', 'prevention_event');

-- CreateEnum
CREATE TYPE "event_status" AS ENUM ('planned', 'confirmed', 'cancelled');

-- CreateEnum
CREATE TYPE "platform_name" AS ENUM ('slack', 'matrix', 'console');

-- CreateEnum
CREATE TYPE "language" AS ENUM ('de', 'en');

-- CreateEnum
CREATE TYPE "decision_status" AS ENUM ('open', 'in_progress', 'done', 'revoked');

-- CreateEnum
CREATE TYPE "project_status" AS ENUM ('idea', 'planned', 'running', 'done');

-- CreateEnum
CREATE TYPE "stage" AS ENUM ('advised', 'cooperating', 'council_constituted');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('guest', 'partner', 'organiser', 'admin');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('owed', 'sent', 'parked', 'dropped');

-- CreateTable
CREATE TABLE "region" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "region_kind" NOT NULL,
    "parent" TEXT,
    "aliases" TEXT[],
    "ags" TEXT,

    CONSTRAINT "region_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "organisation" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "organisation_kind" NOT NULL,
    "short_name" TEXT,
    "aliases" TEXT[],
    "region" TEXT,
    "parent" TEXT,
    "street" TEXT,
    "postcode" TEXT,
    "city" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "website" TEXT,
    "description" TEXT,
    "languages" TEXT[],

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "contact" (
    "key" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "function" TEXT,
    "topics" "topic"[],
    "phone" TEXT,
    "mobile" TEXT,
    "email" TEXT,
    "hours" TEXT,
    "languages" TEXT[],
    "visibility" "visibility" NOT NULL DEFAULT 'partners',
    "deputy" TEXT,
    "on_call" BOOLEAN NOT NULL DEFAULT false,
    "verified_on" TEXT,
    "slack_user" TEXT,
    "matrix_user" TEXT,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "contact_region" (
    "contact" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "contact_region_pkey" PRIMARY KEY ("contact","region")
);

-- CreateTable
CREATE TABLE "service" (
    "key" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "needs" "need"[],
    "phone" TEXT,
    "email" TEXT,
    "hours" TEXT,
    "on_call" BOOLEAN NOT NULL DEFAULT false,
    "capacity" INTEGER,
    "languages" TEXT[],
    "audience" "audience"[],

    CONSTRAINT "service_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "service_region" (
    "service" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "service_region_pkey" PRIMARY KEY ("service","region")
);

-- CreateTable
CREATE TABLE "agreement" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "agreement_kind" NOT NULL,
    "signed_on" TEXT,
    "signed_at" TEXT,
    "valid_from" TEXT,
    "valid_until" TEXT,
    "notice" TEXT,
    "supersedes" TEXT,
    "region" TEXT,
    "purpose" TEXT,
    "document_url" TEXT,

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "agreement_party" (
    "agreement" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "agreement_party_pkey" PRIMARY KEY ("agreement","organisation")
);

-- CreateTable
CREATE TABLE "agreement_signatory" (
    "agreement" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,

    CONSTRAINT "agreement_signatory_pkey" PRIMARY KEY ("agreement","position")
);

-- CreateTable
CREATE TABLE "commitment" (
    "key" TEXT NOT NULL,
    "agreement" TEXT NOT NULL,
    "kind" "commitment_kind" NOT NULL,
    "text" TEXT NOT NULL,
    "cadence" TEXT,

    CONSTRAINT "commitment_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "commitment_responsible" (
    "commitment" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "commitment_responsible_pkey" PRIMARY KEY ("commitment","organisation")
);

-- CreateTable
CREATE TABLE "channel" (
    "key" TEXT NOT NULL,
    "platform" "platform_name" NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT,
    "language" "language" NOT NULL,
    "topics" "topic"[],
    "purpose" TEXT,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "channel_region" (
    "channel" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "channel_region_pkey" PRIMARY KEY ("channel","region")
);

-- CreateTable
CREATE TABLE "event" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "event_kind" NOT NULL,
    "start" TEXT NOT NULL,
    "duration" TEXT NOT NULL DEFAULT 'PT2H',
    "timezone" TEXT NOT NULL,
    "rrule" TEXT,
    "exceptions" TEXT[],
    "cancelled_on" TEXT[],
    "moved" TEXT[],
    "skip_holidays" TEXT,
    "place" TEXT,
    "link" TEXT,
    "agreement" TEXT,
    "remind_before" TEXT[],
    "status" "event_status" NOT NULL DEFAULT 'planned',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "event_host" (
    "event" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "event_host_pkey" PRIMARY KEY ("event","organisation")
);

-- CreateTable
CREATE TABLE "event_audience" (
    "event" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "event_audience_pkey" PRIMARY KEY ("event","organisation")
);

-- CreateTable
CREATE TABLE "event_region" (
    "event" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "event_region_pkey" PRIMARY KEY ("event","region")
);

-- CreateTable
CREATE TABLE "event_channel" (
    "event" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "event_channel_pkey" PRIMARY KEY ("event","channel")
);

-- CreateTable
CREATE TABLE "decision" (
    "key" TEXT NOT NULL,
    "event" TEXT,
    "decided_on" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "rationale" TEXT,
    "due" TEXT,
    "status" "decision_status" NOT NULL DEFAULT 'open',
    "supersedes" TEXT,
    "votes" TEXT,
    "tags" TEXT[],
    "author" UUID,
    "logged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "decision_responsible" (
    "decision" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "decision_responsible_pkey" PRIMARY KEY ("decision","organisation")
);

-- CreateTable
CREATE TABLE "decision_version" (
    "decision" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "change" TEXT NOT NULL,
    "author" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_version_pkey" PRIMARY KEY ("decision","version")
);

-- CreateTable
CREATE TABLE "decision_series" (
    "series" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "decision_series_pkey" PRIMARY KEY ("series","year")
);

-- CreateTable
CREATE TABLE "project" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "lead" TEXT NOT NULL,
    "region" TEXT,
    "topics" "topic"[],
    "status" "project_status" NOT NULL DEFAULT 'planned',
    "starts_on" TEXT,
    "ends_on" TEXT,
    "budget_eur" DOUBLE PRECISION,
    "description" TEXT,

    CONSTRAINT "project_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "project_partner" (
    "project" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "project_partner_pkey" PRIMARY KEY ("project","organisation")
);

-- CreateTable
CREATE TABLE "programme" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organisation" TEXT,
    "aliases" TEXT[],
    "description" TEXT,
    "url" TEXT,

    CONSTRAINT "programme_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "membership" (
    "key" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "stage" "stage" NOT NULL,
    "since" TEXT,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "material" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "topics" "topic"[],
    "languages" TEXT[],
    "stock" INTEGER,
    "url" TEXT,

    CONSTRAINT "material_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "material_publisher" (
    "material" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "material_publisher_pkey" PRIMARY KEY ("material","organisation")
);

-- CreateTable
CREATE TABLE "figure" (
    "key" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "unit" TEXT,
    "as_of" TEXT NOT NULL,
    "source" TEXT,

    CONSTRAINT "figure_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "record_change" (
    "id" BIGSERIAL NOT NULL,
    "xact" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "type" TEXT NOT NULL,
    "key" TEXT,

    CONSTRAINT "record_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "contact" TEXT,
    "name" TEXT NOT NULL,
    "language" "language",
    "timezone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "platform" "platform_name" NOT NULL,
    "user_id" TEXT NOT NULL,
    "person" UUID NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("platform","user_id")
);

-- CreateTable
CREATE TABLE "grant" (
    "id" UUID NOT NULL,
    "person" UUID NOT NULL,
    "role" "role" NOT NULL,
    "series" TEXT NOT NULL DEFAULT '',
    "given_by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" BIGSERIAL NOT NULL,
    "platform" "platform_name" NOT NULL,
    "message_id" TEXT NOT NULL,
    "twin" TEXT,
    "body" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "platform" "platform_name" NOT NULL,
    "address" TEXT NOT NULL,
    "thread" TEXT,
    "recipient" TEXT,
    "replies_to" TEXT,
    "edits" TEXT,
    "language" "language" NOT NULL,
    "body" JSONB NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'owed',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "uncertain" BOOLEAN NOT NULL DEFAULT false,
    "sent_at" TIMESTAMPTZ(3),
    "ref" TEXT,
    "sent_address" TEXT,
    "reason" JSONB,
    "event" TEXT,
    "occurrence" TEXT,
    "channel" TEXT,
    "lead" TEXT,
    "revision" INTEGER,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "platform" "platform_name" NOT NULL,
    "address" TEXT NOT NULL,
    "thread" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "pending" JSONB,
    "topic" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("platform","address","thread","user_id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person" UUID,
    "platform" "platform_name",
    "address" TEXT,
    "user_id" TEXT,
    "command" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "records" TEXT[],
    "message_id" TEXT,
    "fingerprint" TEXT,
    "fault" TEXT,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fact" (
    "scope" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("scope","name")
);

-- CreateIndex
CREATE INDEX "region_parent_idx" ON "region"("parent");

-- CreateIndex
CREATE INDEX "organisation_region_idx" ON "organisation"("region");

-- CreateIndex
CREATE INDEX "organisation_parent_idx" ON "organisation"("parent");

-- CreateIndex
CREATE INDEX "contact_organisation_idx" ON "contact"("organisation");

-- CreateIndex
CREATE INDEX "contact_deputy_idx" ON "contact"("deputy");

-- CreateIndex
CREATE INDEX "contact_slack_user_idx" ON "contact"("slack_user");

-- CreateIndex
CREATE INDEX "contact_matrix_user_idx" ON "contact"("matrix_user");

-- CreateIndex
CREATE INDEX "contact_region_region_idx" ON "contact_region"("region");

-- CreateIndex
CREATE INDEX "service_organisation_idx" ON "service"("organisation");

-- CreateIndex
CREATE INDEX "service_region_region_idx" ON "service_region"("region");

-- CreateIndex
CREATE INDEX "agreement_supersedes_idx" ON "agreement"("supersedes");

-- CreateIndex
CREATE INDEX "agreement_region_idx" ON "agreement"("region");

-- CreateIndex
CREATE INDEX "agreement_party_organisation_idx" ON "agreement_party"("organisation");

-- CreateIndex
CREATE INDEX "agreement_signatory_organisation_idx" ON "agreement_signatory"("organisation");

-- CreateIndex
CREATE INDEX "commitment_agreement_idx" ON "commitment"("agreement");

-- CreateIndex
CREATE INDEX "commitment_responsible_organisation_idx" ON "commitment_responsible"("organisation");

-- CreateIndex
CREATE UNIQUE INDEX "channel_platform_address_key" ON "channel"("platform", "address");

-- CreateIndex
CREATE INDEX "channel_region_region_idx" ON "channel_region"("region");

-- CreateIndex
CREATE INDEX "event_agreement_idx" ON "event"("agreement");

-- CreateIndex
CREATE INDEX "event_host_organisation_idx" ON "event_host"("organisation");

-- CreateIndex
CREATE INDEX "event_audience_organisation_idx" ON "event_audience"("organisation");

-- CreateIndex
CREATE INDEX "event_region_region_idx" ON "event_region"("region");

-- CreateIndex
CREATE INDEX "event_channel_channel_idx" ON "event_channel"("channel");

-- CreateIndex
CREATE INDEX "decision_event_idx" ON "decision"("event");

-- CreateIndex
CREATE INDEX "decision_supersedes_idx" ON "decision"("supersedes");

-- CreateIndex
CREATE INDEX "decision_responsible_organisation_idx" ON "decision_responsible"("organisation");

-- CreateIndex
CREATE INDEX "project_lead_idx" ON "project"("lead");

-- CreateIndex
CREATE INDEX "project_region_idx" ON "project"("region");

-- CreateIndex
CREATE INDEX "project_partner_organisation_idx" ON "project_partner"("organisation");

-- CreateIndex
CREATE INDEX "programme_organisation_idx" ON "programme"("organisation");

-- CreateIndex
CREATE INDEX "membership_organisation_idx" ON "membership"("organisation");

-- CreateIndex
CREATE INDEX "material_publisher_organisation_idx" ON "material_publisher"("organisation");

-- CreateIndex
CREATE INDEX "figure_programme_idx" ON "figure"("programme");

-- CreateIndex
CREATE INDEX "record_change_xact_idx" ON "record_change"("xact");

-- CreateIndex
CREATE UNIQUE INDEX "person_contact_key" ON "person"("contact");

-- CreateIndex
CREATE INDEX "identity_person_idx" ON "identity"("person");

-- CreateIndex
CREATE UNIQUE INDEX "grant_person_role_series_key" ON "grant"("person", "role", "series");

-- CreateIndex
CREATE INDEX "inbox_done_at_id_idx" ON "inbox"("done_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_platform_message_id_key" ON "inbox"("platform", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_platform_twin_key" ON "inbox"("platform", "twin");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_key_key" ON "delivery"("key");

-- CreateIndex
CREATE INDEX "delivery_state_next_attempt_at_idx" ON "delivery"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "delivery_platform_address_ref_idx" ON "delivery"("platform", "address", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_event_occurrence_channel_lead_revision_key" ON "delivery"("event", "occurrence", "channel", "lead", "revision");

-- CreateIndex
CREATE INDEX "audit_platform_address_user_id_at_idx" ON "audit"("platform", "address", "user_id", "at");

-- CreateIndex
CREATE INDEX "audit_message_id_idx" ON "audit"("message_id");

-- CreateIndex
CREATE INDEX "audit_at_idx" ON "audit"("at");

-- AddForeignKey
ALTER TABLE "region" ADD CONSTRAINT "region_parent_fkey" FOREIGN KEY ("parent") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_region_fkey" FOREIGN KEY ("region") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_parent_fkey" FOREIGN KEY ("parent") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_deputy_fkey" FOREIGN KEY ("deputy") REFERENCES "contact"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_region" ADD CONSTRAINT "contact_region_contact_fkey" FOREIGN KEY ("contact") REFERENCES "contact"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_region" ADD CONSTRAINT "contact_region_region_fkey" FOREIGN KEY ("region") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_region" ADD CONSTRAINT "service_region_service_fkey" FOREIGN KEY ("service") REFERENCES "service"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_region" ADD CONSTRAINT "service_region_region_fkey" FOREIGN KEY ("region") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_supersedes_fkey" FOREIGN KEY ("supersedes") REFERENCES "agreement"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_region_fkey" FOREIGN KEY ("region") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_party" ADD CONSTRAINT "agreement_party_agreement_fkey" FOREIGN KEY ("agreement") REFERENCES "agreement"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_party" ADD CONSTRAINT "agreement_party_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_signatory" ADD CONSTRAINT "agreement_signatory_agreement_fkey" FOREIGN KEY ("agreement") REFERENCES "agreement"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_signatory" ADD CONSTRAINT "agreement_signatory_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_agreement_fkey" FOREIGN KEY ("agreement") REFERENCES "agreement"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_responsible" ADD CONSTRAINT "commitment_responsible_commitment_fkey" FOREIGN KEY ("commitment") REFERENCES "commitment"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_responsible" ADD CONSTRAINT "commitment_responsible_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_region" ADD CONSTRAINT "channel_region_channel_fkey" FOREIGN KEY ("channel") REFERENCES "channel"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_region" ADD CONSTRAINT "channel_region_region_fkey" FOREIGN KEY ("region") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_agreement_fkey" FOREIGN KEY ("agreement") REFERENCES "agreement"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_host" ADD CONSTRAINT "event_host_event_fkey" FOREIGN KEY ("event") REFERENCES "event"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_host" ADD CONSTRAINT "event_host_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_audience" ADD CONSTRAINT "event_audience_event_fkey" FOREIGN KEY ("event") REFERENCES "event"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_audience" ADD CONSTRAINT "event_audience_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_region" ADD CONSTRAINT "event_region_event_fkey" FOREIGN KEY ("event") REFERENCES "event"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_region" ADD CONSTRAINT "event_region_region_fkey" FOREIGN KEY ("region") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_channel" ADD CONSTRAINT "event_channel_event_fkey" FOREIGN KEY ("event") REFERENCES "event"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_channel" ADD CONSTRAINT "event_channel_channel_fkey" FOREIGN KEY ("channel") REFERENCES "channel"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_event_fkey" FOREIGN KEY ("event") REFERENCES "event"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_supersedes_fkey" FOREIGN KEY ("supersedes") REFERENCES "decision"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_author_fkey" FOREIGN KEY ("author") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_responsible" ADD CONSTRAINT "decision_responsible_decision_fkey" FOREIGN KEY ("decision") REFERENCES "decision"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_responsible" ADD CONSTRAINT "decision_responsible_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_version" ADD CONSTRAINT "decision_version_decision_fkey" FOREIGN KEY ("decision") REFERENCES "decision"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_version" ADD CONSTRAINT "decision_version_author_fkey" FOREIGN KEY ("author") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_lead_fkey" FOREIGN KEY ("lead") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_region_fkey" FOREIGN KEY ("region") REFERENCES "region"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_partner" ADD CONSTRAINT "project_partner_project_fkey" FOREIGN KEY ("project") REFERENCES "project"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_partner" ADD CONSTRAINT "project_partner_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "programme" ADD CONSTRAINT "programme_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "material_publisher" ADD CONSTRAINT "material_publisher_material_fkey" FOREIGN KEY ("material") REFERENCES "material"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "material_publisher" ADD CONSTRAINT "material_publisher_organisation_fkey" FOREIGN KEY ("organisation") REFERENCES "organisation"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "figure" ADD CONSTRAINT "figure_programme_fkey" FOREIGN KEY ("programme") REFERENCES "programme"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_contact_fkey" FOREIGN KEY ("contact") REFERENCES "contact"("key") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_person_fkey" FOREIGN KEY ("person") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_person_fkey" FOREIGN KEY ("person") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_given_by_fkey" FOREIGN KEY ("given_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit" ADD CONSTRAINT "audit_person_fkey" FOREIGN KEY ("person") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- By hand from here: what the schema file cannot say.

-- Records are referred to by slugs.
DO $$
DECLARE kind text;
BEGIN
	FOREACH kind IN ARRAY ARRAY['region', 'organisation', 'contact', 'service', 'agreement', 'commitment', 'channel', 'event',
		'decision', 'project', 'programme', 'membership', 'material', 'figure']
	LOOP
		EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (key ~ ''^[a-z0-9-]{1,80}$'')', kind, kind || '_key_check');
	END LOOP;
END $$;

-- What a record is called or says is never empty.
DO $$
DECLARE field text;
BEGIN
	FOREACH field IN ARRAY ARRAY['region.name', 'organisation.name', 'contact.name', 'service.name', 'agreement.title',
		'agreement_signatory.name', 'commitment.text', 'channel.address', 'event.title', 'decision.text', 'project.title',
		'programme.name', 'membership.programme', 'material.title', 'figure.label', 'figure.value', 'person.name',
		'event.timezone']
	LOOP
		EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (btrim(%I) <> '''')',
			split_part(field, '.', 1), replace(field, '.', '_') || '_check', split_part(field, '.', 2));
	END LOOP;
END $$;

-- Dates are YYYY-MM-DD.
DO $$
DECLARE field text;
BEGIN
	FOREACH field IN ARRAY ARRAY['contact.verified_on', 'agreement.signed_on', 'agreement.valid_from', 'agreement.valid_until',
		'decision.decided_on', 'decision.due', 'project.starts_on', 'project.ends_on', 'membership.since', 'figure.as_of']
	LOOP
		EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (%I ~ ''^\d{4}-\d{2}-\d{2}$'')',
			split_part(field, '.', 1), replace(field, '.', '_') || '_check', split_part(field, '.', 2));
	END LOOP;
END $$;

ALTER TABLE "region" ADD CONSTRAINT "region_ags_check" CHECK ("ags" ~ '^(\d{2}|\d{5}|\d{8})$'),
	ADD CONSTRAINT "region_parent_check" CHECK ("parent" <> "key");
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_parent_check" CHECK ("parent" <> "key");
ALTER TABLE "contact" ADD CONSTRAINT "contact_deputy_check" CHECK ("deputy" <> "key");
ALTER TABLE "service" ADD CONSTRAINT "service_capacity_check" CHECK ("capacity" >= 0),
	ADD CONSTRAINT "service_needs_check" CHECK (cardinality("needs") > 0);
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_supersedes_check" CHECK ("supersedes" <> "key");
ALTER TABLE "event" ADD CONSTRAINT "event_start_check" CHECK ("start" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$'),
	ADD CONSTRAINT "event_duration_check" CHECK ("duration" ~ '^P'),
	ADD CONSTRAINT "event_revision_check" CHECK ("revision" > 0);
ALTER TABLE "decision" ADD CONSTRAINT "decision_votes_check" CHECK ("votes" ~ '^(\d+/\d+/\d+|consensus)$'),
	ADD CONSTRAINT "decision_supersedes_check" CHECK ("supersedes" <> "key");
ALTER TABLE "decision_version" ADD CONSTRAINT "decision_version_version_check" CHECK ("version" > 0);
ALTER TABLE "decision_series" ADD CONSTRAINT "decision_series_series_check" CHECK ("series" ~ '^[A-Z]{1,8}$'),
	ADD CONSTRAINT "decision_series_last_check" CHECK ("last" >= 0);
ALTER TABLE "project" ADD CONSTRAINT "project_budget_eur_check" CHECK ("budget_eur" >= 0);
ALTER TABLE "material" ADD CONSTRAINT "material_stock_check" CHECK ("stock" >= 0);
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_key_check" CHECK ("key" ~ '^[A-Za-z0-9._-]{1,120}$'),
	ADD CONSTRAINT "delivery_attempts_check" CHECK ("attempts" >= 0);

-- What was once written stays: the audit log and the versions of the register only grow.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "decision_version" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Every change of the network leaves a note, by which each instance brings what it holds in memory up to date.
-- Arguments: the record type and the column that holds its key. Many keys at once become one note for the whole type.
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	source text;
	keys text[];
BEGIN
	IF TG_OP = 'TRUNCATE' THEN
		INSERT INTO record_change (type) VALUES (TG_ARGV[0]);
		RETURN NULL;
	END IF;
	source := CASE TG_OP WHEN 'INSERT' THEN 'SELECT %1$I AS k FROM newer' WHEN 'DELETE' THEN 'SELECT %1$I AS k FROM older'
		ELSE 'SELECT %1$I AS k FROM newer UNION SELECT %1$I FROM older' END;
	EXECUTE format('SELECT array_agg(k) FROM (SELECT DISTINCT k FROM (' || source || ') AS touched LIMIT 1001) AS first', TG_ARGV[1])
		INTO keys;
	IF cardinality(keys) > 1000 THEN
		INSERT INTO record_change (type) VALUES (TG_ARGV[0]);
	ELSIF keys IS NOT NULL THEN
		INSERT INTO record_change (type, key) SELECT TG_ARGV[0], unnest(keys);
	END IF;
	RETURN NULL;
END $$;
DO $$
DECLARE
	watched text;
	name text;
	args text;
BEGIN
	FOREACH watched IN ARRAY ARRAY['region region key', 'organisation organisation key', 'contact contact key',
		'contact_region contact contact', 'service service key', 'service_region service service', 'agreement agreement key',
		'agreement_party agreement agreement', 'agreement_signatory agreement agreement', 'commitment commitment key',
		'commitment_responsible commitment commitment', 'channel channel key', 'channel_region channel channel',
		'event event key', 'event_host event event', 'event_audience event event', 'event_region event event',
		'event_channel event event', 'decision decision key', 'decision_responsible decision decision',
		'project project key', 'project_partner project project', 'programme programme key', 'membership membership key',
		'material material key', 'material_publisher material material', 'figure figure key']
	LOOP
		name := split_part(watched, ' ', 1);
		args := quote_literal(split_part(watched, ' ', 2)) || ', ' || quote_literal(split_part(watched, ' ', 3));
		EXECUTE format('CREATE TRIGGER note_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION note_change(%s)', name, args);
		EXECUTE format('CREATE TRIGGER note_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION note_change(%s)', name, args);
		EXECUTE format('CREATE TRIGGER note_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION note_change(%s)', name, args);
		EXECUTE format('CREATE TRIGGER note_truncate AFTER TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION note_change(%s)', name, args);
	END LOOP;
END $$;
