-- Text is compared byte by byte (BINARY), so everything is ordinal and case-sensitive.
-- Instants are microseconds since 1970-01-01 UTC. Index codes (idx) are those of IndexCodes.cs.

-- States are big beside their keys, so this keeps its rowid: rows are appended, only the slim key index is scattered.
CREATE TABLE actor (
    key     TEXT    NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    state   BLOB    NOT NULL
);

-- The rows of all indexes. The key is the row: no second copy of it.
CREATE TABLE entry (
    tenant TEXT    NOT NULL,
    idx    INTEGER NOT NULL,
    key    TEXT    NOT NULL,
    member TEXT    NOT NULL,
    at     INTEGER,
    PRIMARY KEY (tenant, idx, key, member)
) WITHOUT ROWID;

-- What is due, and what a count leaves out because it has ended.
CREATE INDEX entry_at ON entry (tenant, idx, key, at) WHERE at IS NOT NULL;

-- How many entries a key has; only of indexes whose keys can have many.
CREATE TABLE tally (
    tenant TEXT    NOT NULL,
    idx    INTEGER NOT NULL,
    key    TEXT    NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (tenant, idx, key)
) WITHOUT ROWID;

-- AUTOINCREMENT: a position is never used twice, though the table is empty most of the time.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant   TEXT    NOT NULL,
    payload  BLOB    NOT NULL
);
CREATE INDEX outbox_tenant ON outbox (tenant);

CREATE TABLE audit (
    tenant      TEXT    NOT NULL,
    sequence    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    action      TEXT    NOT NULL,
    target_type TEXT    NOT NULL,
    target_id   TEXT    NOT NULL,
    payload     BLOB    NOT NULL,
    hash        BLOB    NOT NULL
);
CREATE UNIQUE INDEX audit_sequence ON audit (tenant, sequence);
CREATE INDEX audit_actor ON audit (tenant, actor, sequence);
CREATE INDEX audit_action ON audit (tenant, action, sequence);
CREATE INDEX audit_target ON audit (tenant, target_id, sequence);
