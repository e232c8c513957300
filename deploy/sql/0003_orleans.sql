-- What Orleans keeps of the cluster and of reminders, for its ADO.NET providers: they read their statements from the
-- table OrleansQuery, which has to be found without a schema's name (set "Search Path=authz" for their connections),
-- give them the parameters named here, and read the columns named here.
--
-- The membership of a cluster is changed under its version: who changes a row names the version that it read, and the
-- version moves with the row, or neither does.

CREATE TABLE authz.orleansquery (
    querykey  text NOT NULL PRIMARY KEY,
    querytext text NOT NULL
);

CREATE TABLE authz.membership_version (
    deployment_id text        COLLATE "C" NOT NULL PRIMARY KEY,
    version       integer     NOT NULL DEFAULT 0,
    changed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE authz.membership (
    deployment_id  text        COLLATE "C" NOT NULL REFERENCES authz.membership_version ON DELETE CASCADE,
    address        text        COLLATE "C" NOT NULL,
    port           integer     NOT NULL,
    generation     integer     NOT NULL,
    silo_name      text        NOT NULL,
    host_name      text        NOT NULL,
    status         integer     NOT NULL,
    proxy_port     integer     NOT NULL,
    suspect_times  text,
    start_time     timestamptz NOT NULL,
    i_am_alive_at  timestamptz NOT NULL,
    PRIMARY KEY (deployment_id, address, port, generation)
);

CREATE TABLE authz.reminder (
    service_id text        COLLATE "C" NOT NULL,
    grain_id   text        COLLATE "C" NOT NULL,
    name       text        COLLATE "C" NOT NULL,
    grain_hash integer     NOT NULL,
    start_time timestamptz NOT NULL,
    period     bigint      NOT NULL,
    version    integer     NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
);
CREATE INDEX reminder_hash ON authz.reminder (service_id, grain_hash);

INSERT INTO authz.orleansquery (querykey, querytext) VALUES

-- Clustering.
('GatewaysQueryKey', $q$
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM authz.membership
    WHERE deployment_id = @DeploymentId AND status = @Status AND proxy_port > 0
$q$),
('MembershipReadRowKey', $q$
    SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
        m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
        m.start_time AS StartTime, m.i_am_alive_at AS IAmAliveTime
    FROM authz.membership_version v
    LEFT JOIN authz.membership m ON m.deployment_id = v.deployment_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.deployment_id = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
    SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
        m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
        m.start_time AS StartTime, m.i_am_alive_at AS IAmAliveTime
    FROM authz.membership_version v
    LEFT JOIN authz.membership m ON m.deployment_id = v.deployment_id
    WHERE v.deployment_id = @DeploymentId
$q$),
('InsertMembershipVersionKey', $q$
    WITH made AS (
        INSERT INTO authz.membership_version (deployment_id) VALUES (@DeploymentId)
        ON CONFLICT DO NOTHING
        RETURNING 1)
    SELECT EXISTS (SELECT FROM made)
$q$),
-- A silo that is there already refuses the insert; then the version has to stay, too: it is moved by who inserted only.
-- The version's row is locked first, so that of two changes under one version the second finds it moved.
('InsertMembershipKey', $q$
    WITH current AS (
        SELECT deployment_id FROM authz.membership_version
        WHERE deployment_id = @DeploymentId AND version = @Version
        FOR UPDATE),
    made AS (
        INSERT INTO authz.membership (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_at)
        SELECT deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM current
        ON CONFLICT DO NOTHING
        RETURNING deployment_id),
    moved AS (
        UPDATE authz.membership_version v SET version = v.version + 1, changed_at = now()
        FROM made WHERE v.deployment_id = made.deployment_id
        RETURNING 1)
    SELECT EXISTS (SELECT FROM moved)
$q$),
('UpdateMembershipKey', $q$
    WITH current AS (
        SELECT deployment_id FROM authz.membership_version
        WHERE deployment_id = @DeploymentId AND version = @Version
        FOR UPDATE),
    changed AS (
        UPDATE authz.membership m SET status = @Status, suspect_times = @SuspectTimes, i_am_alive_at = @IAmAliveTime
        FROM current
        WHERE m.deployment_id = current.deployment_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
        RETURNING m.deployment_id),
    moved AS (
        UPDATE authz.membership_version v SET version = v.version + 1, changed_at = now()
        FROM changed WHERE v.deployment_id = changed.deployment_id
        RETURNING 1)
    SELECT EXISTS (SELECT FROM moved)
$q$),
('UpdateIAmAlivetimeKey', $q$
    UPDATE authz.membership SET i_am_alive_at = @IAmAliveTime
    WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),
('DeleteMembershipTableEntriesKey', $q$
    DELETE FROM authz.membership_version WHERE deployment_id = @DeploymentId
$q$),
-- 6: dead.
('CleanupDefunctSiloEntriesKey', $q$
    DELETE FROM authz.membership WHERE deployment_id = @DeploymentId AND status = 6 AND i_am_alive_at < @IAmAliveTime
$q$),

-- Reminders.
('ReadReminderRowKey', $q$
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM authz.reminder
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$q$),
('ReadReminderRowsKey', $q$
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM authz.reminder
    WHERE service_id = @ServiceId AND grain_id = @GrainId
$q$),
-- From one hash (exclusive) to another (inclusive); the second wraps around.
('ReadRangeRows1Key', $q$
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM authz.reminder
    WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM authz.reminder
    WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$q$),
('UpsertReminderRowKey', $q$
    INSERT INTO authz.reminder AS r (service_id, grain_id, name, grain_hash, start_time, period, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
    ON CONFLICT (service_id, grain_id, name) DO UPDATE
    SET grain_hash = excluded.grain_hash, start_time = excluded.start_time, period = excluded.period, version = r.version + 1
    RETURNING version AS Version
$q$),
('DeleteReminderRowKey', $q$
    WITH gone AS (
        DELETE FROM authz.reminder
        WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING 1)
    SELECT EXISTS (SELECT FROM gone)
$q$),
('DeleteReminderRowsKey', $q$
    DELETE FROM authz.reminder WHERE service_id = @ServiceId
$q$);

INSERT INTO authz.schema_migration (number, name) VALUES (3, '0003_orleans.sql');
