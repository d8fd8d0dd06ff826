-- A role of its own for the bot, which may work but neither change the tables nor rewrite the audit log. Run by the tables' owner:
--   npx lotse migrate                                  (DATABASE_URL of the owner)
--   psql "$OWNER_URL" --set bot=lotse_bot --file prisma/bot-role.sql
-- and after every update again. The role is made before: CREATE ROLE lotse_bot LOGIN PASSWORD '…'. The bot then gets its DATABASE_URL.
\set ON_ERROR_STOP on
BEGIN;
GRANT USAGE ON SCHEMA public TO :"bot";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"bot";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"bot";
-- What only grows can be read and added to; and which migrations were applied is not the bot's to say.
REVOKE UPDATE, DELETE, TRUNCATE ON audit, decision_version FROM :"bot";
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON _prisma_migrations FROM :"bot";
-- The queue keeps its tables in a schema of its own, which the bot makes with the first message that waits and then owns.
SELECT format('GRANT CREATE ON DATABASE %I TO %I', current_database(), :'bot') \gexec
COMMIT;
