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
/// Who holds a role: candidates from the index and the teams' grants of the model, each confirmed by what is stored
/// of it. Ordered by the principal's key, then by assignment id. A place in the list is <c>KEY ID</c> (a key has no space).
/// </summary>
internal sealed class RoleHolders(TenantId tenant, RoleId role, TenantModel model, ActorPorts ports)
{
    public async Task<Page<(SubjectId Principal, Assignment Assignment)>> ReadAsync(string? after, int limit, DateTimeOffset now)
    {
        var (key, id) = Split(after);
        var found = new List<(ActorKey Key, SubjectId Principal, Assignment Assignment)>();
        bool IsNew((ActorKey Key, SubjectId Principal, Assignment Assignment) item) =>
            item.Assignment.Role == role && item.Assignment.IsLiveAt(now)
            && (key is null || Order(item.Key.Value, item.Assignment.Id, key, id) > 0);
        // The principal on which the last page ended may have more.
        var candidates = key is null ? [] : new List<ActorKey> { new(key) };
        var last = key;
        while (found.Count <= limit)
        {
            var rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.RoleHolders, role.Value, last, limit + 1);
            candidates.AddRange(rows.Select(row => new ActorKey(row.Member)));
            found.AddRange((await SubjectHoldingsAsync(candidates)).Where(IsNew));
            candidates.Clear();
            last = rows.Count > 0 ? rows[^1].Member : last;
            if (rows.Count <= limit)
            {
                last = null;
                break;
            }
        }
        // Teams that sort behind what was read of the index wait for its next rows.
        found.AddRange(TeamHoldings().Where(IsNew).Where(team => last is null || string.CompareOrdinal(team.Key.Value, last) <= 0));
        var ordered = found
            .OrderBy(item => item.Key.Value, StringComparer.Ordinal).ThenBy(item => item.Assignment.Id, StringComparer.Ordinal).ToArray();
        var page = ordered.Take(limit).Select(item => (item.Principal, item.Assignment)).ToArray();
        return new Page<(SubjectId, Assignment)>(page, ordered.Length > limit ? $"{ordered[limit - 1].Key} {ordered[limit - 1].Assignment.Id}" : null);
    }

    private async Task<IEnumerable<(ActorKey Key, SubjectId Principal, Assignment Assignment)>> SubjectHoldingsAsync(List<ActorKey> keys)
    {
        var states = await ports.Store.ReadManyAsync([.. keys.Distinct()]);
        return states.SelectMany(state => ports.Decode(state.Key, () => SubjectCodec.Decode(state.State)).Live, (state, assignment) => (state.Key, state.Key.Subject, assignment));
    }

    private IEnumerable<(ActorKey Key, SubjectId Principal, Assignment Assignment)> TeamHoldings() =>
        from grants in model.TeamGrants
        let team = SubjectId.Team(grants.Key)
        from grant in grants.Value
        select (ActorKey.Of(tenant, team), team, grant);

    private static int Order(string key, string assignment, string otherKey, string otherAssignment) =>
        string.CompareOrdinal(key, otherKey) is var byKey and not 0 ? byKey : string.CompareOrdinal(assignment, otherAssignment);

    private static (string? Key, string Assignment) Split(string? after)
    {
        var space = after?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        return space < 0 ? (after, "") : (after![..space], after[(space + 1)..]);
    }
}
