using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// One page of the subjects of a type that a search must look at: the holders of what is within reach, merged from the indexes in the order of their keys; then,
/// where the reach is open, the stored entities of the type that are none of these. A place in the list is <c>h:ID</c> or <c>e:ID</c>.
/// </summary>
internal sealed class SubjectCandidates(CompiledTenant model, string type, Reach reach, bool includeEnded, ActorPorts ports)
{
    private const string Holders = "h:", Stored = "e:";

    // Each is a row of an index that is read for each page.
    private const int MostLists = 1000;

    private readonly TenantId _tenant = model.Model.Id;
    private readonly string _prefix = ActorKey.PrefixOf(model.Model.Id, type);
    private readonly bool _withEnded = includeEnded || reach.IsOpen;

    public async Task<Result<Page<string>>> ReadAsync(string? after, int limit)
    {
        var lists = await ListsAsync();
        if (lists.Count > MostLists)
        {
            return AuthzError.Invalid("action", $"more than {MostLists} roles and teams may give this: such a search has no bound. Ask for a narrower permission, or who holds a role");
        }
        if (after?.StartsWith(Stored, StringComparison.Ordinal) == true)
        {
            return await ReadStoredAsync(lists, after[Stored.Length..], limit);
        }
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        var start = after is null ? _prefix : ActorKey.Of(_tenant, new SubjectId(type, after[Holders.Length..])).Value;
        foreach (var (index, key) in lists)
        {
            var rows = await ports.Store.ReadIndexAsync(_tenant, index, key, start, limit + 1);
            keys.UnionWith(rows.Select(row => row.Member).TakeWhile(member => member.StartsWith(_prefix, StringComparison.Ordinal)));
        }
        string[] ids = [.. keys.Take(limit).Select(key => new ActorKey(key).Subject.Id)];
        return keys.Count > limit ? new Page<string>(ids, Holders + ids[^1])
            : new Page<string>(ids, reach.IsOpen && model.StoresEntitiesOf(type) ? Stored : null);
    }

    // Who is in one of the lists came with these.
    private async Task<Result<Page<string>>> ReadStoredAsync(IReadOnlyList<(string Index, string Key)> lists, string after, int limit)
    {
        var rows = await ports.Store.ReadIndexAsync(_tenant, IndexNames.Entities, type, after.Length == 0 ? null : after, limit + 1);
        var ids = rows.Take(limit).Select(row => row.Member).ToArray();
        var states = await ports.Store.ReadManyAsync([.. ids.Select(id => ActorKey.Of(_tenant, new SubjectId(type, id)))]);
        var listed = lists.ToHashSet();
        var known = states.Where(state => Lists(ports.Decode(state.Key, () => SubjectCodec.Decode(state.State))).Any(listed.Contains)).Select(state => state.Key).ToHashSet();
        return new Page<string>([.. ids.Where(id => !known.Contains(ActorKey.Of(_tenant, new SubjectId(type, id))))], rows.Count > limit ? Stored + ids[^1] : null);
    }

    private static IEnumerable<(string Index, string Key)> Lists(SubjectAssignments held) =>
        held.Live.Select(assignment => (IndexNames.RoleHolders, assignment.Role.Value))
            .Concat(held.History.Select(ended => (IndexNames.PastRoleHolders, ended.Role.Value)))
            .Concat(held.Teams.Select(team => (IndexNames.TeamMembers, team)));

    // What lists nobody costs nothing more.
    private async Task<IReadOnlyList<(string Index, string Key)>> ListsAsync()
    {
        var roles = (reach.IsOpen ? model.RoleIds : reach.Roles).ToHashSet();
        string[] ids = [.. roles.Select(role => role.Value)];
        var lists = new List<(string Index, string Key)>();
        foreach (var index in _withEnded ? new[] { IndexNames.RoleHolders, IndexNames.PastRoleHolders } : [IndexNames.RoleHolders])
        {
            var counts = ids.Length == 0 ? [] : await ports.Store.CountIndexAsync(_tenant, index, ids, DateTimeOffset.UnixEpoch);
            lists.AddRange(ids.Where((_, i) => counts[i] > 0).Select(id => (index, id)));
        }
        var teams = Teams(model.Model.TeamGrants, roles).Concat(_withEnded ? Teams(model.Model.TeamHistory, roles) : []).Concat(reach.IsOpen ? TeamsOfPolicies() : []);
        lists.AddRange(teams.Distinct(StringComparer.Ordinal).Select(team => (IndexNames.TeamMembers, team)));
        return lists;
    }

    private static IEnumerable<string> Teams(IEnumerable<KeyValuePair<string, System.Collections.Immutable.ImmutableArray<Assignment>>> grants, HashSet<RoleId> roles) =>
        grants.Where(team => team.Value.Any(grant => roles.Contains(grant.Role))).Select(team => team.Key);

    private IEnumerable<string> TeamsOfPolicies() => model.Model.Policies.Values.Concat(model.Model.Roles.Values.SelectMany(role => role.Policies))
        .SelectMany(policy => policy.Principals).Select(SubjectId.Parse).Where(principal => principal.IsTeam).Select(team => team.Id);
}
