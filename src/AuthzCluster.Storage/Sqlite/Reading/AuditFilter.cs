using System.Text;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Reading;

/// <summary>The conditions that an <see cref="AuditQuery"/> puts on rows. One text for each set of filters, so it is prepared once.</summary>
internal sealed class AuditFilter
{
    private readonly StringBuilder _sql = new();
    private Action<Statement>? _bind;
    private string _order = "sequence";

    public AuditFilter(AuditQuery query)
    {
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
            AddTarget(target);
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
    public string Sql => $"{_sql} ORDER BY {_order} DESC LIMIT ?";

    public void Bind(Statement statement) => _bind?.Invoke(statement);

    private void Add(string sql, Action<Statement> bind)
    {
        _sql.Append(sql);
        _bind += bind;
    }

    // A colon may part the kind from the id, or be in the id: either is asked for.
    private void AddTarget(string target)
    {
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            Add(" AND target_id = ?", statement => statement.Text(target));
            return;
        }

        var (type, id) = (target[..colon], target[(colon + 1)..]);
        Add(
            " AND target_id IN (?, ?) AND (target_id = ? OR target_type = ?)",
            statement => statement.Text(target).Text(id).Text(target).Text(type));
        _order = "+sequence"; // Or SQLite reads the whole log in its order instead of looking the two up and sorting them.
    }
}
