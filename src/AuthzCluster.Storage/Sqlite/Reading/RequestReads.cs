using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Reading;

/// <summary>What is read of requests that were done.</summary>
internal static class RequestReads
{
    private const string Kept = "SELECT at, fingerprint, answer FROM request WHERE tenant = ? AND id = ?";
    private const string Has = "SELECT 1 FROM request WHERE tenant = ? AND id = ?";

    /// <summary>All of them, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [Kept, Has];

    public static RequestMark? Find(Db db, TenantId tenant, string id)
    {
        using var read = db.Use(Kept).Text(tenant.Value).Text(id);
        return read.Step()
            ? new RequestMark(tenant, id, read.BlobAt(1), read.BlobAt(2), Instants.FromMicroseconds(read.NumberAt(0)))
            : null;
    }

    public static bool IsKept(Db db, RequestMark mark)
    {
        using var read = db.Use(Has).Text(mark.Tenant.Value).Text(mark.Id);
        return read.Step();
    }
}
