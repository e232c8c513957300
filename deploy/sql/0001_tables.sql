-- What the actors keep, their indexes, the outbox and the audit log. All of it is in the schema "authz".
-- Text is compared byte by byte (COLLATE "C"), so everything is ordinal and case-sensitive.
-- Instants are microseconds since 1970-01-01 UTC. Index codes (idx) are those of IndexCodes.cs.
-- A text longer than an index takes is cut in it: see "Long ids" in src/AuthzCluster.Storage/README.md.

CREATE SCHEMA IF NOT EXISTS authz;

CREATE TABLE authz.schema_migration (
    number     integer     NOT NULL PRIMARY KEY,
    name       text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- Whose data this is: one row. The key signs page tokens, the same on every node.
CREATE TABLE authz.installation (
    service_id     text        COLLATE "C" NOT NULL,
    cluster_id     text        COLLATE "C" NOT NULL,
    page_token_key bytea       NOT NULL CHECK (octet_length(page_token_key) = 32),
    created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX installation_once ON authz.installation ((true));

CREATE TABLE authz.actor (
    key      text   COLLATE "C" NOT NULL PRIMARY KEY,
    full_key text   COLLATE "C",
    version  bigint NOT NULL,
    state    bytea  NOT NULL
) WITH (fillfactor = 85);
-- States are compressed by who writes them, where that helps.
ALTER TABLE authz.actor ALTER COLUMN state SET STORAGE EXTERNAL;

-- The rows of all indexes. A member is member || rest; tail is the hash of rest.
CREATE TABLE authz.entry (
    tenant text     COLLATE "C" NOT NULL,
    idx    smallint NOT NULL,
    key    text     COLLATE "C" NOT NULL,
    member text     COLLATE "C" NOT NULL,
    tail   bytea    NOT NULL,
    rest   text     COLLATE "C",
    at     bigint,
    PRIMARY KEY (tenant, idx, key, member, tail)
);

-- What is due, and what a count leaves out because it has ended.
CREATE INDEX entry_at ON authz.entry (tenant, idx, key, at) WHERE at IS NOT NULL;

-- How many entries a key has: the sum over its shards. Who writes takes a shard of its own, so that nobody waits for the
-- count of a role that many are given at once.
CREATE TABLE authz.tally (
    tenant text     COLLATE "C" NOT NULL,
    idx    smallint NOT NULL,
    key    text     COLLATE "C" NOT NULL,
    shard  smallint NOT NULL,
    count  bigint   NOT NULL,
    PRIMARY KEY (tenant, idx, key, shard)
) WITH (fillfactor = 50);

-- Positions are never used twice. They are given before the commit: one may be seen after a higher one.
CREATE TABLE authz.outbox (
    tenant   text   COLLATE "C" NOT NULL,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    payload  bytea  NOT NULL,
    PRIMARY KEY (tenant, position)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000);
ALTER TABLE authz.outbox ALTER COLUMN payload SET STORAGE EXTERNAL;

-- Requests that were done, with their answers: a repeat is given the first one's.
CREATE TABLE authz.request (
    tenant      text   COLLATE "C" NOT NULL,
    id          text   COLLATE "C" NOT NULL,
    fingerprint bytea  NOT NULL,
    answer      bytea  NOT NULL,
    at          bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX request_at ON authz.request (at);

CREATE TABLE authz.audit (
    tenant      text   COLLATE "C" NOT NULL,
    sequence    bigint NOT NULL,
    at          bigint NOT NULL,
    actor       text   COLLATE "C" NOT NULL,
    action      text   COLLATE "C" NOT NULL,
    target_type text   COLLATE "C" NOT NULL,
    target_id   text   COLLATE "C" NOT NULL,
    payload     bytea  NOT NULL,
    hash        bytea  NOT NULL,
    PRIMARY KEY (tenant, sequence)
);
CREATE INDEX audit_actor ON authz.audit (tenant, left(actor, 200), sequence);
CREATE INDEX audit_action ON authz.audit (tenant, left(action, 200), sequence);

-- What a record is about: its target, and whose assignment it was, of which role, who joined a team.
CREATE TABLE authz.audit_about (
    tenant   text   COLLATE "C" NOT NULL,
    id       text   COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    type     text   COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, id, sequence, type)
);

INSERT INTO authz.schema_migration (number, name) VALUES (1, '0001_tables.sql');
