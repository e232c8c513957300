-- The nodes that may answer, each by one row: section "Leases" in src/AuthzCluster.Storage/README.md. A row is never made unfenced again.

CREATE TABLE authz.node_lease (
    id       uuid    NOT NULL PRIMARY KEY,
    silo     text    COLLATE "C" NOT NULL,
    fenced   boolean NOT NULL DEFAULT false,
    -- In milliseconds, how long the lease counts after a read of this row.
    duration integer NOT NULL CHECK (duration > 0)
);

-- Fences a row if the fencer's own is unfenced: 0 done, 1 it was fenced or gone before, 2 the fencer's own is. Both rows are locked first, in one order,
-- so that of two that fence each other one wins. Each statement sees what was committed before it began.
CREATE FUNCTION authz.fence_lease(p_id uuid, p_own uuid) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM authz.node_lease WHERE id IN (p_id, p_own) ORDER BY id FOR UPDATE;
    UPDATE authz.node_lease SET fenced = true
    WHERE id = p_id AND NOT fenced AND EXISTS (SELECT FROM authz.node_lease WHERE id = p_own AND NOT fenced);
    IF FOUND THEN
        RETURN 0;
    END IF;
    RETURN CASE WHEN EXISTS (SELECT FROM authz.node_lease WHERE id = p_id AND NOT fenced) THEN 2 ELSE 1 END;
END $$;

INSERT INTO authz.schema_migration (number, name) VALUES (4, '0004_leases.sql');
