using System.Text;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Reading;

/// <summary>The conditions that an <see cref="AuditQuery"/> puts on rows. One text for each set of filters, so it is prepared once.</summary>
internal sealed class AuditFilter
{
    private readonly StringBuilder _sql = new();
    private readonly TenantId _tenant;
    private Action<Statement>? _bind;

    public AuditFilter(TenantId tenant, AuditQuery query)
    {
        _tenant = tenant;
        if (query.Before is { } before)
        {
            Add(" AND sequence < ?", statement => statement.Number(before));
        }

        if (query.Actor is { } actor)
        {
            Add(" AND actor = ?", statement => statement.Text(actor));
        }

        if (query.Action is { } action)
        {
            Add(" AND action = ?", statement => statement.Text(action));
        }

        if (query.Target is { } target)
        {
            AddTarget(target, query.Before);
        }

        if (query.From is { } from)
        {
            Add(" AND at >= ?", statement => statement.Instant(from));
        }

        if (query.To is { } to)
        {
            Add(" AND at < ?", statement => statement.Instant(to));
        }
    }

    /// <summary>What follows <c>WHERE tenant = ?</c>; a limit is its last parameter.</summary>
    public string Sql => $"{_sql} ORDER BY sequence DESC LIMIT ?";

    public void Bind(Statement statement) => _bind?.Invoke(statement);

    private void Add(string sql, Action<Statement> bind)
    {
        _sql.Append(sql);
        _bind += bind;
    }

    // All that is about it, looked up as a set of sequences. A colon may part the kind from the id, or be in the id: either is asked for.
    private void AddTarget(string target, long? before)
    {
        const string about = " AND sequence IN (SELECT sequence FROM audit_about WHERE tenant = ? AND sequence < ? AND ";
        var limit = before ?? long.MaxValue;
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            Add(about + "id = ?)", statement => statement.Text(_tenant.Value).Number(limit).Text(target));
            return;
        }

        var (type, id) = (target[..colon], target[(colon + 1)..]);
        Add(
            about + "id IN (?, ?) AND (id = ? OR type = ?))",
            statement => statement.Text(_tenant.Value).Number(limit).Text(target).Text(id).Text(target).Text(type));
    }
}
