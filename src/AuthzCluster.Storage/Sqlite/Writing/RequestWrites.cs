using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite.Reading;

namespace AuthzCluster.Storage.Sqlite.Writing;

/// <summary>Keeps requests that were done, and removes old ones.</summary>
internal static class RequestWrites
{
    private const string Insert = "INSERT INTO request (tenant, id, at, fingerprint, answer) VALUES (?, ?, ?, ?, ?)";
    private const string DeleteOld = "DELETE FROM request WHERE rowid IN (SELECT rowid FROM request WHERE at < ? ORDER BY at LIMIT ?)";
    private const string DeleteOfTenant = "DELETE FROM request WHERE rowid IN (SELECT rowid FROM request WHERE tenant = ? LIMIT ?)";

    /// <summary>Those that look for what they remove, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [DeleteOld, DeleteOfTenant];

    public static void Add(WriteSession session, RequestMark mark) => session.Db.Use(Insert)
        .Text(mark.Tenant.Value).Text(mark.Id).Instant(mark.Until).Blob(mark.Fingerprint).Blob(mark.Answer).Run();

    public static RequestMark Keep(WriteSession session, RequestMark mark)
    {
        if (RequestReads.Find(session.Db, mark.Tenant, mark.Id) is { } kept)
        {
            return kept;
        }

        Add(session, mark);
        return mark with { Until = Instants.FromMicroseconds(Instants.ToMicroseconds(mark.Until)) };
    }

    public static int Purge(WriteSession session, DateTimeOffset before, int limit) =>
        session.Db.Use(DeleteOld).Number(Instants.ToMicroseconds(before)).Number(limit).Run();

    public static int Purge(WriteSession session, TenantId tenant, int limit) =>
        session.Db.Use(DeleteOfTenant).Text(tenant.Value).Number(limit).Run();
}
