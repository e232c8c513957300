-- The writes of the store: each is one call, and so one transaction and one trip.

-- Commits many changes that have nothing to do with one another; says of each what became of it, by the codes of
-- CommitOutcome.cs: 0 done, 1 another version, 2 a requirement is missing, 3 a key is not vacant, 5 done before.
-- One that is refused changes nothing and hinders no other.
--
-- p_states: how many have a state. s_: the stripes (of 256) that the keys of added and vacant rows fall in, ordered. c_: the commits, ordered by key. m_: request marks. q_: required rows. v_: keys that must be vacant. d_: rows to remove.
-- a_: rows to add. o_: outbox rows. *_commit is a position in c_, from 1; each of the row arrays is ordered by row.
--
-- Locks are taken in one order everywhere: stripes of keys, actors, rows that are read or removed, actors that are new,
-- rows that are added, tallies. Each statement sees what was committed before it began, so what is judged after a lock
-- is as it will stay.
CREATE FUNCTION authz.commit_group(
    p_shard smallint, p_tallied smallint[], p_states int,
    s_stripe int[], s_is_vacant boolean[],
    c_key text[], c_full_key text[], c_version bigint[], c_state bytea[],
    m_commit int[], m_tenant text[], m_id text[], m_fingerprint bytea[], m_answer bytea[], m_at bigint[],
    q_commit int[], q_tenant text[], q_idx smallint[], q_key text[], q_member text[], q_tail bytea[],
    v_commit int[], v_tenant text[], v_idx smallint[], v_key text[], v_at bigint[],
    d_commit int[], d_tenant text[], d_idx smallint[], d_key text[], d_member text[], d_tail bytea[],
    a_commit int[], a_tenant text[], a_idx smallint[], a_key text[], a_member text[], a_tail bytea[], a_rest text[], a_at bigint[],
    o_commit int[], o_tenant text[], o_payload bytea[])
RETURNS smallint[] LANGUAGE plpgsql AS $$
DECLARE
    outcome smallint[];
    i int;
    expected int;
    done int;
    gone_tenant text[];
    gone_idx smallint[];
    gone_key text[];
BEGIN
    -- A key that must be vacant is judged while nobody adds to it.
    IF cardinality(v_commit) = 0 THEN
        PERFORM pg_advisory_xact_lock_shared(1635087464, s.stripe) FROM unnest(s_stripe) AS s(stripe);
    ELSE
        PERFORM CASE WHEN s.is_vacant THEN pg_advisory_xact_lock(1635087464, s.stripe) ELSE pg_advisory_xact_lock_shared(1635087464, s.stripe) END
        FROM unnest(s_stripe, s_is_vacant) AS s(stripe, is_vacant);
    END IF;

    SELECT array_agg((CASE WHEN coalesce(l.version, 0) = c.version THEN 0 ELSE 1 END)::smallint) INTO outcome
    FROM unnest(c_key, c_version) AS c(key, version)
    LEFT JOIN LATERAL (SELECT a.version FROM authz.actor a WHERE a.key = c.key FOR UPDATE) l ON true;

    IF cardinality(m_commit) > 0 THEN
        FOR i IN
            SELECT m.commit FROM unnest(m_commit, m_tenant, m_id) AS m(commit, tenant, id)
            CROSS JOIN LATERAL (SELECT true FROM authz.request r WHERE r.tenant = m.tenant AND r.id = m.id LIMIT 1) l
        LOOP
            outcome[i] := 5;
        END LOOP;
    END IF;

    -- Rows that are required cannot go while this is under way, and one that is going is waited for.
    IF cardinality(q_commit) > 0 AND cardinality(d_commit) = 0 THEN
        FOR i IN
            SELECT q.commit FROM unnest(q_commit, q_tenant, q_idx, q_key, q_member, q_tail) AS q(commit, tenant, idx, key, member, tail)
            LEFT JOIN LATERAL (
                SELECT true AS found FROM authz.entry e
                WHERE e.tenant = q.tenant AND e.idx = q.idx AND e.key = q.key AND e.member = q.member AND e.tail = q.tail
                FOR KEY SHARE) l ON true
            WHERE outcome[q.commit] = 0 AND l.found IS NULL
        LOOP
            outcome[i] := 2;
        END LOOP;
    ELSIF cardinality(d_commit) > 0 THEN
        FOR i IN
            SELECT r.commit
            FROM (
                SELECT q.*, true AS is_required
                FROM unnest(q_commit, q_tenant, q_idx, q_key, q_member, q_tail) AS q(commit, tenant, idx, key, member, tail)
                UNION ALL
                SELECT d.*, false
                FROM unnest(d_commit, d_tenant, d_idx, d_key, d_member, d_tail) AS d(commit, tenant, idx, key, member, tail)
                ORDER BY 2, 3, 4, 5, 6) r
            LEFT JOIN LATERAL (
                SELECT true AS found FROM authz.entry e
                WHERE r.is_required AND e.tenant = r.tenant AND e.idx = r.idx AND e.key = r.key AND e.member = r.member AND e.tail = r.tail
                FOR KEY SHARE) l ON true
            LEFT JOIN LATERAL (
                SELECT true AS found FROM authz.entry e
                WHERE NOT r.is_required AND e.tenant = r.tenant AND e.idx = r.idx AND e.key = r.key AND e.member = r.member AND e.tail = r.tail
                FOR UPDATE) x ON true
            WHERE outcome[r.commit] = 0 AND r.is_required AND l.found IS NULL
        LOOP
            outcome[i] := 2;
        END LOOP;
    END IF;

    IF cardinality(v_commit) > 0 THEN
        FOR i IN
            SELECT v.commit FROM unnest(v_commit, v_tenant, v_idx, v_key, v_at) AS v(commit, tenant, idx, key, at)
            CROSS JOIN LATERAL (
                SELECT true FROM authz.entry e
                WHERE e.tenant = v.tenant AND e.idx = v.idx AND e.key = v.key AND (e.at IS NULL OR e.at > v.at) LIMIT 1) l
            WHERE outcome[v.commit] = 0
        LOOP
            outcome[i] := 3;
        END LOOP;
    END IF;

    IF 0 <> ALL (outcome) THEN
        RETURN outcome;
    END IF;

    -- Somebody else was first with a new actor or with a request: begin again, and see what they wrote.
    expected := p_states;
    IF NOT 0 = ALL (outcome) THEN
        SELECT count(*) INTO expected FROM unnest(c_state) WITH ORDINALITY AS c(state, n) WHERE outcome[c.n::int] = 0 AND c.state IS NOT NULL;
    END IF;
    INSERT INTO authz.actor AS a (key, full_key, version, state)
    SELECT c.key, c.full_key, c.version + 1, c.state
    FROM unnest(c_key, c_full_key, c_version, c_state) WITH ORDINALITY AS c(key, full_key, version, state, n)
    WHERE outcome[c.n::int] = 0 AND c.state IS NOT NULL
    ON CONFLICT (key) DO UPDATE SET version = excluded.version, state = excluded.state WHERE a.version = excluded.version - 1;
    GET DIAGNOSTICS done = ROW_COUNT;
    IF done <> expected THEN
        RAISE EXCEPTION 'another was first' USING ERRCODE = 'AZ001';
    END IF;

    IF p_states < cardinality(c_key) THEN
        DELETE FROM authz.actor WHERE key = ANY (ARRAY(
            SELECT c.key FROM unnest(c_key, c_version, c_state) WITH ORDINALITY AS c(key, version, state, n)
            WHERE outcome[c.n::int] = 0 AND c.state IS NULL AND c.version > 0));
    END IF;

    IF cardinality(d_commit) > 0 THEN
        WITH removed AS (
            DELETE FROM authz.entry WHERE ctid = ANY (ARRAY(
                SELECT l.ctid FROM unnest(d_commit, d_tenant, d_idx, d_key, d_member, d_tail) AS d(commit, tenant, idx, key, member, tail)
                CROSS JOIN LATERAL (
                    SELECT e.ctid FROM authz.entry e
                    WHERE e.tenant = d.tenant AND e.idx = d.idx AND e.key = d.key AND e.member = d.member AND e.tail = d.tail
                    FOR UPDATE) l
                WHERE outcome[d.commit] = 0))
            RETURNING tenant, idx, key)
        SELECT array_agg(r.tenant), array_agg(r.idx), array_agg(r.key) INTO gone_tenant, gone_idx, gone_key FROM removed r;
    END IF;

    WITH added AS (
        INSERT INTO authz.entry AS e (tenant, idx, key, member, tail, rest, at)
        SELECT a.tenant, a.idx, a.key, a.member, a.tail, a.rest, a.at
        FROM unnest(a_commit, a_tenant, a_idx, a_key, a_member, a_tail, a_rest, a_at) AS a(commit, tenant, idx, key, member, tail, rest, at)
        WHERE outcome[a.commit] = 0
        ON CONFLICT (tenant, idx, key, member, tail) DO UPDATE SET at = excluded.at WHERE e.at IS DISTINCT FROM excluded.at
        RETURNING tenant, idx, key, xmax = 0 AS is_new)
    INSERT INTO authz.tally AS t (tenant, idx, key, shard, count)
    SELECT r.tenant, r.idx, r.key, p_shard, sum(r.change)
    FROM (
        SELECT tenant, idx, key, 1 AS change FROM added WHERE is_new
        UNION ALL
        SELECT g.tenant, g.idx, g.key, -1 FROM unnest(gone_tenant, gone_idx, gone_key) AS g(tenant, idx, key)) r
    WHERE r.idx = ANY (p_tallied)
    GROUP BY r.tenant, r.idx, r.key HAVING sum(r.change) <> 0 ORDER BY r.tenant, r.idx, r.key
    ON CONFLICT (tenant, idx, key, shard) DO UPDATE SET count = t.count + excluded.count;

    INSERT INTO authz.outbox (tenant, payload)
    SELECT o.tenant, o.payload FROM unnest(o_commit, o_tenant, o_payload) WITH ORDINALITY AS o(commit, tenant, payload, n)
    WHERE outcome[o.commit] = 0 ORDER BY o.n;

    IF cardinality(m_commit) > 0 THEN
        SELECT count(*) INTO expected FROM unnest(m_commit) AS m(commit) WHERE outcome[m.commit] = 0;
        INSERT INTO authz.request (tenant, id, fingerprint, answer, at)
        SELECT m.tenant, m.id, m.fingerprint, m.answer, m.at
        FROM unnest(m_commit, m_tenant, m_id, m_fingerprint, m_answer, m_at) AS m(commit, tenant, id, fingerprint, answer, at)
        WHERE outcome[m.commit] = 0
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS done = ROW_COUNT;
        IF done <> expected THEN
            RAISE EXCEPTION 'another was first' USING ERRCODE = 'AZ001';
        END IF;
    END IF;

    RETURN outcome;
END $$;

-- Appends to the audit log and takes the outbox rows off that the records came from. False, and nothing changed, where
-- the newest sequence is not the one before the first, or where one of the outbox rows is gone: another took it up.
-- r_: the records. b_: what they are about.
CREATE FUNCTION authz.append_audit(
    p_tenant text, p_positions bigint[],
    r_sequence bigint[], r_at bigint[], r_actor text[], r_action text[], r_target_type text[], r_target_id text[], r_payload bytea[], r_hash bytea[],
    b_sequence bigint[], b_type text[], b_id text[])
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_tenant, 1635087464));
    IF cardinality(r_sequence) > 0
        AND coalesce((SELECT max(a.sequence) FROM authz.audit a WHERE a.tenant = p_tenant), 0) <> r_sequence[1] - 1 THEN
        RETURN false;
    END IF;

    IF EXISTS (
        SELECT FROM unnest(p_positions) AS p(position)
        LEFT JOIN LATERAL (SELECT true AS found FROM authz.outbox o WHERE o.tenant = p_tenant AND o.position = p.position LIMIT 1) l ON true
        WHERE l.found IS NULL) THEN
        RETURN false;
    END IF;

    INSERT INTO authz.audit (tenant, sequence, at, actor, action, target_type, target_id, payload, hash)
    SELECT p_tenant, r.* FROM unnest(r_sequence, r_at, r_actor, r_action, r_target_type, r_target_id, r_payload, r_hash) AS r;
    INSERT INTO authz.audit_about (tenant, id, sequence, type)
    SELECT p_tenant, b.id, b.sequence, b.type FROM unnest(b_sequence, b_type, b_id) AS b(sequence, type, id)
    ON CONFLICT DO NOTHING;
    DELETE FROM authz.outbox WHERE tenant = p_tenant AND position = ANY (p_positions);
    RETURN true;
END $$;

-- Removes at most so many index rows of a tenant; how many. Those of other tenants' kind, such as what is due, are named
-- by the start of their members: from p_from (inclusive) to p_to (exclusive), and wholly by p_prefix.
CREATE FUNCTION authz.purge_rows(p_shard smallint, p_tallied smallint[], p_tenant text, p_idx smallint, p_from text, p_to text, p_prefix text, p_limit int)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    doomed tid[];
BEGIN
    IF p_idx IS NULL THEN
        doomed := ARRAY(SELECT e.ctid FROM authz.entry e WHERE e.tenant = p_tenant LIMIT p_limit FOR UPDATE);
    ELSE
        doomed := ARRAY(
            SELECT e.ctid FROM authz.entry e
            WHERE e.tenant = p_tenant AND e.idx = p_idx AND e.key = '' AND e.member >= p_from AND e.member < p_to
                AND starts_with(e.member || coalesce(e.rest, ''), p_prefix)
            LIMIT p_limit FOR UPDATE);
    END IF;

    WITH removed AS (DELETE FROM authz.entry WHERE ctid = ANY (doomed) RETURNING tenant, idx, key)
    INSERT INTO authz.tally AS t (tenant, idx, key, shard, count)
    SELECT r.tenant, r.idx, r.key, p_shard, -count(*) FROM removed r
    WHERE r.idx = ANY (p_tallied)
    GROUP BY r.tenant, r.idx, r.key ORDER BY r.tenant, r.idx, r.key
    ON CONFLICT (tenant, idx, key, shard) DO UPDATE SET count = t.count + excluded.count;
    RETURN cardinality(doomed);
END $$;

-- Removes the tallies of a tenant whose shards add up to nothing; while it does, nobody counts.
CREATE FUNCTION authz.purge_tallies(p_tenant text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE authz.tally IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM authz.tally WHERE tenant = p_tenant AND (idx, key) IN (
        SELECT t.idx, t.key FROM authz.tally t WHERE t.tenant = p_tenant GROUP BY t.idx, t.key HAVING sum(t.count) = 0);
END $$;

INSERT INTO authz.schema_migration (number, name) VALUES (2, '0002_functions.sql');
