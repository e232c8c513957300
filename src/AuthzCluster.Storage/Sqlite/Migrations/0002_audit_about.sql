-- What a record is about besides its own target: whose assignment it was and of which role, who joined a team. The target
-- itself is here too, so that one look-up finds all. A record's bytes, and the hash over them, stay as they are.
CREATE TABLE audit_about (
    tenant   TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    sequence INTEGER NOT NULL,
    type     TEXT    NOT NULL,
    PRIMARY KEY (tenant, id, sequence, type)
) WITHOUT ROWID;

INSERT INTO audit_about SELECT tenant, target_id, sequence, target_type FROM audit;

-- The rest of what was written before, by the rules of AuditAbout.cs.
INSERT OR IGNORE INTO audit_about (tenant, id, sequence, type)
SELECT tenant, json_extract(bag, '$.principal.id'), sequence, json_extract(bag, '$.principal.type')
FROM (SELECT tenant, sequence, coalesce(json_extract(CAST(payload AS TEXT), '$.after'), json_extract(CAST(payload AS TEXT), '$.before')) AS bag
      FROM audit WHERE target_type = 'assignment')
WHERE json_extract(bag, '$.principal.id') IS NOT NULL;

INSERT OR IGNORE INTO audit_about (tenant, id, sequence, type)
SELECT tenant, json_extract(bag, '$.role_id'), sequence, 'role'
FROM (SELECT tenant, sequence, coalesce(json_extract(CAST(payload AS TEXT), '$.after'), json_extract(CAST(payload AS TEXT), '$.before')) AS bag
      FROM audit WHERE target_type = 'assignment')
WHERE json_extract(bag, '$.role_id') IS NOT NULL;

INSERT OR IGNORE INTO audit_about (tenant, id, sequence, type)
SELECT tenant, substr(member, instr(member, ':') + 1), sequence, substr(member, 1, instr(member, ':') - 1)
FROM (SELECT tenant, sequence, coalesce(
          json_extract(CAST(payload AS TEXT), '$.after.member'), json_extract(CAST(payload AS TEXT), '$.before.member')) AS member
      FROM audit WHERE target_type = 'team')
WHERE instr(member, ':') > 0;

DROP INDEX audit_target;
