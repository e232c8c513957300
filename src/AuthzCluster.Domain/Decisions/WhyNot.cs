using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// The smallest change that would make a denied question allowed. What might do is proposed, the smallest is tried first: the state is made as it would be, and the engine
/// decides. The first that it allows is told. Apart from the engine, so that a check does not pay for it.
/// </summary>
internal sealed class WhyNot
{
    // Of ever so many grants the nearest are tried; a grant more is always among what is.
    private const int MostWays = 32;

    // Policies looked at, in all that is tried. Who asks about themselves needs no right: what would take more is not told.
    private const int MostWork = 20_000;

    private readonly PriorityQueue<(Proposal Proposal, bool IsWhole), ((int, int, int, int, int) Size, int Order)> _open = new();
    private readonly PolicyWays _policies;
    private readonly DateTimeOffset _now;
    private int _order;

    private WhyNot(DateTimeOffset now) => (_now, _policies) = (now, new PolicyWays(now.UtcTicks));

    /// <summary>What stands in the way; empty of what is allowed, and where an outside engine has a say.</summary>
    public static ImmutableArray<Obstacle> Of(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now, in Decision decision) =>
        decision.IsAllowed || tenant.FinalWord is not null || request.Outside is not null ? []
            : new WhyNot(now).Find(new WhatIf(tenant, grants, request, PolicyWays.About(tenant, grants, request)));

    private ImmutableArray<Obstacle> Find(WhatIf root)
    {
        var start = new Proposal(root, []);
        var scopes = new GrantWays(start, _now, mayGiveMore: false).Scopes().Concat(root.Policies.SelectMany(policy => policy.ScopesFor(root.Request.Permission))).Distinct().ToList();
        OpenWays(start, mayGiveMore: true);
        foreach (var owning in Owning.Each(root, scopes))
        {
            OpenWays(start.With(owning), mayGiveMore: false);
        }
        for (var work = 0; _open.TryDequeue(out var next, out _) && work <= MostWork; work += 1 + root.Policies.Length)
        {
            if (next.IsWhole && Decide(next.Proposal.State) is { IsAllowed: true } decision)
            {
                if (Tell(next.Proposal, root, decision) is { IsDefault: false } told)
                {
                    return told;
                }
                continue;
            }
            // A change may itself bring what denies.
            foreach (var whole in _policies.Of(next.Proposal).Where(one => !next.IsWhole || one.Changes.Length > next.Proposal.Changes.Length))
            {
                Open(whole, isWhole: true);
            }
        }
        return [];
    }

    private void OpenWays(Proposal start, bool mayGiveMore)
    {
        var state = start.State;
        var isGranted = PolicyWays.IsGranted(state.Tenant, state.Grants, state.Grants.BindTo(state.Tenant, _now.UtcTicks), state.Request, _now.UtcTicks);
        Open(start, isWhole: false);
        foreach (var way in new GrantWays(start, _now, mayGiveMore).All(isGranted).OrderBy(way => way.Size).Take(MostWays))
        {
            Open(way, isWhole: false);
        }
        if (mayGiveMore && !isGranted)
        {
            Open(start.With(Another(state.Request.Permission)), isWhole: false);
        }
    }

    // Whose a thing is, is told where a scope went by it; where only conditions did, these are.
    private static ImmutableArray<Obstacle> Tell(Proposal proposal, WhatIf root, Decision decision)
    {
        var told = proposal.Changes.Select(change => change.Obstacle);
        return !proposal.Changes.Any(change => change.Obstacle.Kind == ObstacleKind.NotOwner) ? [.. told]
            : decision.MatchedPermission is not { Scope: not PermissionScope.Any } ? default
            : [.. told.Select(one => one.Kind == ObstacleKind.NotOwner ? Owning.Told(root.Grants, root.Tenant, decision) : one)];
    }

    private void Open(Proposal proposal, bool isWhole) => _open.Enqueue((proposal, isWhole), (proposal.Size, _order++));

    private Decision Decide(WhatIf state)
    {
        var (tenant, grants) = state.Compile(withPolicies: true);
        return DecisionEngine.DecideHere(tenant, grants, state.Request, _now);
    }

    // A role that nobody has yet, with the permission and nothing else.
    private static Change Another(Permission permission)
    {
        var role = new RoleDefinition { Id = new RoleId("\0"), Name = "\0", DisplayName = "\0", Permissions = [permission] };
        return new(
            new Obstacle(ObstacleKind.MissingGrant) { Permission = permission },
            state => state with { Roles = state.Roles.Add(role.Id, role), Grant = new() { Id = "\0", Role = role.Id, GrantedBy = "" } });
    }
}
