using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>
/// Takes a tenant out in steps, each its own transaction, so that a purge that was cut short is finished by the next.
/// What names the tenant goes last, by <see cref="Own"/>: until then it can be found again.
/// </summary>
internal static class PurgeWrites
{
    private const int StepRows = 500, PrefixLength = 1000;

    private const string RemoveRows = "SELECT authz.purge_rows(0::smallint, $1, $2, $3, $4, $5, $6, $7::int)";
    private const string RemoveTallies = "SELECT authz.purge_tallies($1)";
    private const string RemoveStates = """
        WITH doomed AS (
            DELETE FROM authz.actor WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM authz.actor WHERE key >= $1 AND key < $2 AND starts_with(coalesce(full_key, key), $3) LIMIT $4 FOR UPDATE))
            RETURNING 1)
        SELECT count(*)::int FROM doomed
        """;

    /// <summary>In order; each is to be repeated while it answers that there is more.</summary>
    public static IEnumerable<Func<NpgsqlConnection, Task<bool>>> Steps(TenantId tenant)
    {
        var name = IndexedText.Fit(tenant.Value);
        yield return connection => IsFullAsync(Rows(connection, name, null, ""));
        foreach (var kind in ActorKey.Kinds)
        {
            // Parts are percent-encoded: what follows the tenant in a key is '/', and nothing else starts so.
            var prefix = $"{kind}:{ActorKey.Of(tenant).Value[3..]}/";
            var (from, to) = Range(prefix);
            yield return connection => IsFullAsync(Rows(connection, IndexNames.Everywhere.Value, IndexCodes.Due, prefix));
            yield return connection => IsFullAsync(connection.Command(RemoveStates).Text(from).Text(to).Text(prefix).Number(StepRows));
        }

        yield return connection => IsFullAsync(RequestWrites.OfTenant(connection, tenant, StepRows));
        yield return async connection =>
        {
            await connection.Command(RemoveTallies).Text(name).ValueAsync<object>().ConfigureAwait(false);
            return false;
        };
    }

    /// <summary>The end of a tenant's own state, as a commit. The state of the audit log's actor stays, as the log does.</summary>
    public static Commit Own(TenantId tenant, long version) => new(ActorKey.Of(tenant), version, null)
    {
        Removes =
        [
            Due(ActorKey.OfAudit(tenant)), Due(ActorKey.Of(tenant)), new(IndexNames.Everywhere, IndexNames.Tenants, "", tenant.Value),
        ],
    };

    private static IndexRow Due(ActorKey key) => new(IndexNames.Everywhere, IndexNames.Due, "", key.Value);

    private static NpgsqlCommand Rows(NpgsqlConnection connection, string tenant, int? index, string prefix)
    {
        var (from, to) = Range(prefix);
        return connection.Command(RemoveRows).Smalls(Tallies.Indexes).Text(tenant).Small(index).Text(from).Text(to).Text(prefix).Number(StepRows);
    }

    private static async Task<bool> IsFullAsync(NpgsqlCommand command) => await command.ValueAsync<int>().ConfigureAwait(false) == StepRows;

    // Keys are printable ASCII, and cut where they are long: what starts with the start of a prefix may start with all of it.
    private static (string From, string To) Range(string prefix)
    {
        var from = prefix[..Math.Min(prefix.Length, PrefixLength)];
        return (from, from.Length == 0 ? "" : from[..^1] + (char)(from[^1] + 1));
    }
}
