using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// Looks among those who hold what a change is about for who would be in conflict by it. Of a constraint that allows so many of its roles, the
/// holders of that many, the most held, need not be read: who has too many has one of the others.
/// </summary>
/// <param name="after">The model as it is to be.</param>
/// <param name="tightening">What of it asks for more.</param>
/// <param name="now">When.</param>
/// <param name="ports">The host's.</param>
internal sealed class ConflictSearch(TenantModel after, Tightening tightening, DateTimeOffset now, ActorPorts ports)
{
    private const int BatchSize = 500, MostTold = 100;

    private readonly HashSet<(string Index, string Key)> _read = [];
    private readonly HashSet<ActorKey> _found = [];
    private readonly List<ConflictHolder> _told = [];

    /// <summary>The refusal of the change; null: nobody would be in conflict.</summary>
    public async Task<AuthzError?> RunAsync()
    {
        foreach (var role in tightening.Roles)
        {
            await ReadAsync((IndexNames.RoleHolders, role.Value));
        }
        foreach (var team in tightening.Teams)
        {
            await ReadAsync((IndexNames.TeamMembers, team));
        }
        foreach (var constraint in tightening.Constraints)
        {
            foreach (var source in await SourcesAsync(constraint))
            {
                await ReadAsync(source);
            }
        }
        return _found.Count == 0 ? null : SeparationRules.Refusal(_told, _found.Count);
    }

    private async Task<IEnumerable<(string Index, string Key)>> SourcesAsync(SeparationConstraint constraint)
    {
        var all = new List<(long Count, (string, string)[] Sources)>();
        foreach (var role in constraint.Roles)
        {
            var roles = after.Separation.Roles.Where(one => one.Value.Contains(role)).Select(one => one.Key.Value).ToArray();
            var teams = after.Separation.Teams.Where(one => one.Value.Any(counted => counted.Role == role)).Select(one => one.Key).ToArray();
            all.Add((
                await CountAsync(IndexNames.RoleHolders, roles) + await CountAsync(IndexNames.TeamMembers, teams),
                [.. roles.Select(key => (IndexNames.RoleHolders, key)), .. teams.Select(key => (IndexNames.TeamMembers, key))]));
        }
        return all.OrderBy(one => one.Count).Take(constraint.Roles.Length - constraint.Max).SelectMany(one => one.Sources);
    }

    private async Task<long> CountAsync(string index, string[] keys)
    {
        var count = 0L;
        foreach (var batch in keys.Chunk(BatchSize))
        {
            count += (await ports.Store.CountIndexAsync(after.Id, index, batch, now)).Sum();
        }
        return count;
    }

    private async Task ReadAsync((string Index, string Key) source)
    {
        if (!_read.Add(source))
        {
            return;
        }
        for (string? last = null; ;)
        {
            var rows = await ports.Store.ReadIndexAsync(after.Id, source.Index, source.Key, last, BatchSize);
            foreach (var stored in rows.Count == 0 ? [] : await ports.Store.ReadManyAsync([.. rows.Select(row => new ActorKey(row.Member))]))
            {
                var state = ports.Decode(stored.Key, () => SubjectCodec.Decode(stored.State));
                if (after.Separation.Find(state, now, null) is { } conflict && _found.Add(stored.Key) && _told.Count < MostTold)
                {
                    _told.Add(SeparationRules.Holder(after, stored.Key.Subject, conflict));
                }
            }
            if (rows.Count < BatchSize)
            {
                return;
            }
            last = rows[^1].Member;
        }
    }
}
