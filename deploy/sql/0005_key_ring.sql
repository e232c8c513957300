-- The keys that policies, conditions and the audit log are sealed with: section "Encryption at rest" in deploy/README.md. A key is never changed or removed:
-- without it what it sealed cannot be read.

CREATE TABLE authz.key_ring (
    name    text        COLLATE "C" NOT NULL PRIMARY KEY,
    xml     text        NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO authz.schema_migration (number, name) VALUES (5, '0005_key_ring.sql');
