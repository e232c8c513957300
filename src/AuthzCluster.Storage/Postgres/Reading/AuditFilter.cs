using System.Text;
using AuthzCluster.Actors.Ports;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Reading;

/// <summary>The conditions that an <see cref="AuditQuery"/> puts on rows. One text for each set of filters, so it is prepared once.</summary>
internal static class AuditFilter
{
    /// <summary>Adds what a query asks for to a command whose first parameter is the tenant; what follows <c>WHERE tenant = $1</c>.</summary>
    public static string Add(NpgsqlCommand command, AuditQuery query)
    {
        var sql = new StringBuilder();
        if (query.Before is { } before)
        {
            sql.Append($" AND sequence < {Next(command.Number(before))}");
        }

        if (query.Actor is { } actor)
        {
            var parameter = Next(command.Text(actor));
            sql.Append($" AND left(actor, 200) = left({parameter}, 200) AND actor = {parameter}");
        }

        if (query.Action is { } action)
        {
            var parameter = Next(command.Text(action));
            sql.Append($" AND left(action, 200) = left({parameter}, 200) AND action = {parameter}");
        }

        if (query.Target is { } target)
        {
            AddTarget(sql, command, target, query.Before);
        }

        if (query.From is { } from)
        {
            sql.Append($" AND at >= {Next(command.Instant(from))}");
        }

        if (query.To is { } to)
        {
            sql.Append($" AND at < {Next(command.Instant(to))}");
        }

        return sql.Append($" ORDER BY sequence DESC LIMIT {Next(command.Number(query.Limit))}").ToString();
    }

    private static string Next(NpgsqlCommand command) => $"${command.Parameters.Count}";

    // All that is about it, looked up as a set of sequences. A colon may part the kind from the id, or be in the id: either is asked for.
    private static void AddTarget(StringBuilder sql, NpgsqlCommand command, string target, long? before)
    {
        var whole = Next(command.Text(IndexedText.Fit(target)));
        var limit = Next(command.Number(before ?? long.MaxValue));
        var about = $" AND sequence = ANY (ARRAY(SELECT sequence FROM authz.audit_about WHERE tenant = $1 AND sequence < {limit} AND ";
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            sql.Append($"{about}id = {whole}))");
            return;
        }

        var type = Next(command.Text(IndexedText.Fit(target[..colon])));
        var id = Next(command.Text(IndexedText.Fit(target[(colon + 1)..])));
        sql.Append($"{about}id IN ({whole}, {id}) AND (id = {whole} OR type = {type})))");
    }
}
