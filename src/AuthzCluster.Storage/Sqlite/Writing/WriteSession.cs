using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Writing;

/// <summary>The open transaction of a group: rows of indexes with their tallies, which are written once at its end.</summary>
internal sealed class WriteSession(Db db)
{
    private const string Has = "SELECT 1 FROM entry WHERE tenant = ? AND idx = ? AND key = ? AND member = ?";
    private const string HasLive = "SELECT 1 FROM entry WHERE tenant = ? AND idx = ? AND key = ? AND (at IS NULL OR at > ?) LIMIT 1";
    private const string Insert = "INSERT OR IGNORE INTO entry (tenant, idx, key, member, at) VALUES (?, ?, ?, ?, ?)";
    private const string SetInstant = "UPDATE entry SET at = ? WHERE tenant = ? AND idx = ? AND key = ? AND member = ?";
    private const string Delete = "DELETE FROM entry WHERE tenant = ? AND idx = ? AND key = ? AND member = ?";
    private const string AddTally =
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count";
    private const string DropTally = "DELETE FROM tally WHERE tenant = ? AND idx = ? AND key = ? AND count = 0";

    private readonly Dictionary<(TenantId Tenant, int Index, string Key), long> _tallies = [];

    public Db Db { get; } = db;

    public bool HasRow(in IndexRow row)
    {
        using var has = Bind(Db.Use(Has), row);
        return has.Step();
    }

    /// <summary>Whether a key has a row whose instant is null or later than <paramref name="key"/>'s.</summary>
    public bool HasLiveRow(in IndexRow key)
    {
        using var has = Db.Use(HasLive).Text(key.Tenant.Value).Number(IndexCodes.Of(key.Index)).Text(key.Key).Instant(key.At);
        return has.Step();
    }

    public void AddRow(in IndexRow row)
    {
        if (Bind(Db.Use(Insert), row).Instant(row.At).Run() > 0)
        {
            Count(row, 1);
        }
        else
        {
            Bind(Db.Use(SetInstant).Instant(row.At), row).Run();
        }
    }

    public void RemoveRow(in IndexRow row)
    {
        if (Bind(Db.Use(Delete), row).Run() > 0)
        {
            Count(row, -1);
        }
    }

    /// <summary>Writes what the group changed in the tallies: many grants of one role are one write.</summary>
    public void WriteTallies()
    {
        foreach (var ((tenant, index, key), change) in _tallies)
        {
            if (change != 0)
            {
                Db.Use(AddTally).Text(tenant.Value).Number(index).Text(key).Number(change).Run();
            }

            if (change < 0)
            {
                Db.Use(DropTally).Text(tenant.Value).Number(index).Text(key).Run();
            }
        }
    }

    private static Statement Bind(Statement statement, in IndexRow row) =>
        statement.Text(row.Tenant.Value).Number(IndexCodes.Of(row.Index)).Text(row.Key).Text(row.Member);

    private void Count(in IndexRow row, int change)
    {
        var index = IndexCodes.Of(row.Index);
        if (IndexCodes.IsTallied(index))
        {
            var tally = (row.Tenant, index, row.Key);
            _tallies[tally] = _tallies.GetValueOrDefault(tally) + change;
        }
    }
}
