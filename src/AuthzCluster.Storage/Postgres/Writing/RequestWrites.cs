using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Postgres.Reading;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>Keeps requests that were done, and removes old ones.</summary>
internal static class RequestWrites
{
    private const string Keep = """
        INSERT INTO authz.request (tenant, id, fingerprint, answer, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING at
        """;
    private const string DeleteOld = """
        WITH doomed AS (DELETE FROM authz.request WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM authz.request WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING 1)
        SELECT count(*)::int FROM doomed
        """;
    private const string DeleteOfTenant = """
        WITH doomed AS (DELETE FROM authz.request WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM authz.request WHERE tenant = $1 LIMIT $2 FOR UPDATE)) RETURNING 1)
        SELECT count(*)::int FROM doomed
        """;

    /// <summary>Those that look for what they remove, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [DeleteOld, DeleteOfTenant];

    public static async Task<RequestMark> KeepAsync(NpgsqlConnection connection, RequestMark mark)
    {
        while (true)
        {
            var at = await connection.Command(Keep).Text(IndexedText.Fit(mark.Tenant.Value)).Text(IndexedText.Fit(mark.Id))
                .Blob(mark.Fingerprint).Blob(mark.Answer).Instant(mark.Until).ValueAsync<long?>().ConfigureAwait(false);
            if (at is { } kept)
            {
                return mark with { Until = Instants.FromMicroseconds(kept) };
            }

            // Another was first; unless it was removed in between.
            if (await RequestReads.FindAsync(connection, mark.Tenant, mark.Id).ConfigureAwait(false) is { } other)
            {
                return other;
            }
        }
    }

    public static Task<int> PurgeAsync(NpgsqlConnection connection, DateTimeOffset before, int limit) =>
        connection.Command(DeleteOld).Instant(before).Number(limit).ValueAsync<int>();

    public static NpgsqlCommand OfTenant(NpgsqlConnection connection, TenantId tenant, int limit) =>
        connection.Command(DeleteOfTenant).Text(IndexedText.Fit(tenant.Value)).Number(limit);
}
