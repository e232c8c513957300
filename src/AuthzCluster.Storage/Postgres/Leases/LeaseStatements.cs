using AuthzCluster.Actors.Finality;
using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Storage.Postgres.Leases;

/// <summary>What is asked of <c>authz.node_lease</c>. A renewal writes nothing.</summary>
internal static class LeaseStatements
{
    public const string IsHeld = "SELECT EXISTS (SELECT FROM authz.node_lease WHERE id = $1 AND NOT fenced)";

    public const string Drop = "DELETE FROM authz.node_lease WHERE id = $1 AND fenced";

    public const string Leave = "DELETE FROM authz.node_lease WHERE id = $1";

    public const string Fence = "SELECT authz.fence_lease($1, $2)";

    /// <summary>As many rows as there are nodes: read from end to end.</summary>
    public const string List = "SELECT id, silo, fenced, duration FROM authz.node_lease";

    public const string Insert = """
        WITH own AS (DELETE FROM authz.node_lease WHERE silo = $2)
        INSERT INTO authz.node_lease (id, silo, duration) VALUES ($1, $2, $3)
        """;

    /// <summary>Those that look one row up, for the test that they do.</summary>
    public static IReadOnlyList<string> Queries { get; } = [IsHeld, Drop, Leave];

    public static LeaseRow Row(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetBoolean(2), TimeSpan.FromMilliseconds(row.GetInt32(3)));

    public static NpgsqlCommand Id(this NpgsqlCommand command, Guid id)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = id, NpgsqlDbType = NpgsqlDbType.Uuid });
        return command;
    }

    public static NpgsqlCommand Milliseconds(this NpgsqlCommand command, TimeSpan time)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = checked((int)time.TotalMilliseconds), NpgsqlDbType = NpgsqlDbType.Integer });
        return command;
    }
}
