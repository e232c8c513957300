using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Reading;

/// <summary>What is read of requests that were done.</summary>
internal static class RequestReads
{
    private const string Kept = "SELECT at, fingerprint, answer FROM authz.request WHERE tenant = $1 AND id = $2";

    /// <summary>All of them, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [Kept];

    public static async Task<RequestMark?> FindAsync(NpgsqlConnection connection, TenantId tenant, string id) =>
        (await connection.Command(Kept).Text(IndexedText.Fit(tenant.Value)).Text(IndexedText.Fit(id))
            .ListAsync(row => new RequestMark(tenant, id, row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), Instants.FromMicroseconds(row.GetInt64(0))))
            .ConfigureAwait(false)).FirstOrDefault();
}
