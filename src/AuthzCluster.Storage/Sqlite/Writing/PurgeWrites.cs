using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Sqlite.Writing;

/// <summary>
/// Takes a tenant out in steps, each its own transaction, so that other writers get their turn and a purge that was cut
/// short is finished by the next. What names the tenant goes last: until then it can be found again.
/// </summary>
internal sealed class PurgeWrites
{
    private const int StepRows = 500;

    private const string RowsOfTenant = "SELECT idx, key, member FROM entry WHERE tenant = ? LIMIT ?";
    private const string DueRows = """
        SELECT member FROM entry WHERE tenant = '' AND idx = 5 AND key = '' AND member >= ? AND member < ? LIMIT ?
        """;
    private const string DeleteStates = """
        DELETE FROM actor WHERE rowid IN (SELECT rowid FROM actor WHERE key >= ? AND key < ? LIMIT ?)
        """;

    private readonly TenantId _tenant;
    private readonly ActorKey _own;
    private readonly List<Func<WriteSession, bool>> _steps;

    public PurgeWrites(TenantId tenant)
    {
        _tenant = tenant;
        _own = ActorKey.Of(tenant);
        var part = _own.Value[3..];
        _steps = [RemoveRows];
        foreach (var kind in ActorKey.Kinds)
        {
            // Parts are percent-encoded: what follows the tenant in a key is '/', and '0' is the character after it.
            var (from, to) = ($"{kind}:{part}/", $"{kind}:{part}0");
            _steps.Add(session => RemoveDueRows(session, from, to));
            _steps.Add(session => session.Db.Use(DeleteStates).Text(from).Text(to).Number(StepRows).Run() == StepRows);
        }

        _steps.Add(session => RequestWrites.Purge(session, tenant, StepRows) == StepRows);
        _steps.Add(RemoveOwn);
    }

    /// <summary>In order; each is to be repeated while it answers that there is more.</summary>
    public IReadOnlyList<Func<WriteSession, bool>> Steps => _steps;

    private static bool RemoveDueRows(WriteSession session, string from, string to)
    {
        var rows = new List<IndexRow>();
        using (var read = session.Db.Use(DueRows).Text(from).Text(to).Number(StepRows))
        {
            while (read.Step())
            {
                rows.Add(Due(read.TextAt(0)));
            }
        }

        rows.ForEach(row => session.RemoveRow(row));
        return rows.Count == StepRows;
    }

    private static IndexRow Due(string key) => new(IndexNames.Everywhere, IndexNames.Due, "", key);

    private bool RemoveRows(WriteSession session)
    {
        var rows = new List<IndexRow>();
        using (var read = session.Db.Use(RowsOfTenant).Text(_tenant.Value).Number(StepRows))
        {
            while (read.Step())
            {
                rows.Add(new(_tenant, IndexCodes.NameOf((int)read.NumberAt(0)), read.TextAt(1), read.TextAt(2)));
            }
        }

        rows.ForEach(row => session.RemoveRow(row));
        return rows.Count == StepRows;
    }

    // The state of the audit log's actor stays, as the log does.
    private bool RemoveOwn(WriteSession session)
    {
        session.RemoveRow(Due(ActorKey.OfAudit(_tenant).Value));
        session.RemoveRow(Due(_own.Value));
        session.RemoveRow(new(IndexNames.Everywhere, IndexNames.Tenants, "", _tenant.Value));
        session.Db.Use("DELETE FROM actor WHERE key = ?").Text(_own.Value).Run();
        return false;
    }
}
