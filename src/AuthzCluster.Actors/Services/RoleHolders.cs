using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// Who holds a role: candidates from the indexes and the teams' grants of the model, each confirmed by what is stored
/// of it. Ordered by the principal's key, then by assignment id. A place in the list is <c>KEY ID</c> (a key has no space).
/// </summary>
internal sealed class RoleHolders(RoleDefinition role, TenantModel model, HolderQuery query, ActorPorts ports)
{
    private readonly string _prefix = query.PrincipalType is { } type ? ActorKey.PrefixOf(model.Id, type) : "";

    public async Task<Page<(SubjectId Principal, Assignment Assignment)>> ReadAsync(DateTimeOffset now)
    {
        var (key, id) = Split(query.After);
        var found = new List<Holding>();
        bool IsNew(Holding item) =>
            item.Key.Value.StartsWith(_prefix, StringComparison.Ordinal) && IsListed(item.Assignment, now)
            && (key is null || Order(item.Key.Value, item.Assignment.Id, key, id) > 0);
        // The principal on which the last page ended may have more.
        var candidates = key is null ? [] : new List<ActorKey> { new(key) };
        var last = key ?? (_prefix.Length > 0 ? _prefix : null);
        for (var isEnd = false; !isEnd && found.Count <= query.Limit;)
        {
            (var keys, last) = await ReadKeysAsync(last);
            isEnd = last is null;
            candidates.AddRange(keys);
            found.AddRange((await SubjectHoldingsAsync(candidates)).Where(IsNew));
            candidates.Clear();
        }
        // Teams that sort behind what was read of the index wait for its next rows.
        found.AddRange(TeamHoldings().Where(IsNew).Where(team => last is null || string.CompareOrdinal(team.Key.Value, last) <= 0));
        var ordered = found
            .OrderBy(item => item.Key.Value, StringComparer.Ordinal).ThenBy(item => item.Assignment.Id, StringComparer.Ordinal).ToArray();
        var page = ordered.Take(query.Limit).Select(item => (item.Key.Subject, item.Assignment)).ToArray();
        var next = ordered.Length > query.Limit ? ordered[query.Limit - 1] : null;
        return new Page<(SubjectId, Assignment)>(page, next is null ? null : $"{next.Key} {next.Assignment.Id}");
    }

    /// <summary>The next keys of the indexes, and the last up to which all are read; null: there are no more.</summary>
    private async Task<(IEnumerable<ActorKey> Keys, string? Last)> ReadKeysAsync(string? after)
    {
        string? last = null;
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var index in query.IncludeInactive ? new[] { IndexNames.RoleHolders, IndexNames.PastRoleHolders } : [IndexNames.RoleHolders])
        {
            var rows = await ports.Store.ReadIndexAsync(model.Id, index, role.Id.Value, after, query.Limit + 1);
            keys.UnionWith(rows.Select(row => row.Member).Where(member => member.StartsWith(_prefix, StringComparison.Ordinal)));
            if (rows.Count > query.Limit && rows[^1].Member.StartsWith(_prefix, StringComparison.Ordinal))
            {
                last = last is null || string.CompareOrdinal(rows[^1].Member, last) < 0 ? rows[^1].Member : last;
            }
        }
        return (keys.Where(key => last is null || string.CompareOrdinal(key, last) <= 0).Select(key => new ActorKey(key)).ToArray(), last);
    }

    private bool IsListed(Assignment assignment, DateTimeOffset now) =>
        assignment.Role == role.Id && (assignment.IsLiveAt(now) || (query.IncludeInactive && assignment.IsOf(role)));

    private async Task<IEnumerable<Holding>> SubjectHoldingsAsync(List<ActorKey> keys)
    {
        var states = await ports.Store.ReadManyAsync([.. keys.Distinct()]);
        return
            from stored in states
            let state = ports.Decode(stored.Key, () => SubjectCodec.Decode(stored.State))
            from assignment in query.IncludeInactive ? state.Live.AddRange(state.History) : state.Live
            select new Holding(stored.Key, assignment);
    }

    private IEnumerable<Holding> TeamHoldings() =>
        from grants in query.IncludeInactive ? model.TeamGrants.Concat(model.TeamHistory) : model.TeamGrants
        let key = ActorKey.Of(model.Id, SubjectId.Team(grants.Key))
        from grant in grants.Value
        select new Holding(key, grant);

    private static int Order(string key, string assignment, string otherKey, string otherAssignment) =>
        string.CompareOrdinal(key, otherKey) is var byKey and not 0 ? byKey : string.CompareOrdinal(assignment, otherAssignment);

    private static (string? Key, string Assignment) Split(string? after)
    {
        var space = after?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        return space < 0 ? (after, "") : (after![..space], after[(space + 1)..]);
    }

    private sealed record Holding(ActorKey Key, Assignment Assignment);
}
