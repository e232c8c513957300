using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Laws;

/// <summary>A model, a subject and a question, changed as naively as an administrator who reads what stands in the way.</summary>
/// <param name="Model">The model.</param>
/// <param name="State">What the subject holds.</param>
/// <param name="Request">The question, with what is stored.</param>
internal sealed record MendedWorld(TenantModel Model, SubjectAssignments State, AccessRequest Request)
{
    /// <summary>Without all of several things; whatever the thing in question were for a scope to reach it.</summary>
    public IEnumerable<MendedWorld> Without(IEnumerable<Obstacle> obstacles) =>
        obstacles.Aggregate<Obstacle, IEnumerable<MendedWorld>>([this], (worlds, obstacle) => worlds.SelectMany(world => world.Without(obstacle)));

    /// <summary>The changes that one act makes, each by itself.</summary>
    public IEnumerable<(Obstacle What, MendedWorld After)> EachChange()
    {
        foreach (var grant in Grants())
        {
            foreach (var kind in (ObstacleKind[])[ObstacleKind.ExpiredGrant, ObstacleKind.UnstartedGrant, ObstacleKind.SuspendedGrant, ObstacleKind.Condition])
            {
                yield return One(new(kind) { Assignment = grant.Id });
            }
            foreach (var (key, _) in grant.Scope)
            {
                yield return One(new(ObstacleKind.Scope) { Assignment = grant.Id, Detail = key });
            }
        }
        foreach (var role in Model.Roles.Values.Where(role => !role.IsDeleting))
        {
            yield return One(new(ObstacleKind.InactiveRole) { Role = role.Name });
            yield return One(new(ObstacleKind.MissingPermission) { Role = role.Name, Permission = Request.Permission });
            foreach (var edge in role.Parents.Where(edge => edge.Type == InheritanceType.Conditional))
            {
                yield return One(new(ObstacleKind.Condition) { Role = role.Name, Detail = Text(role, edge) });
            }
        }
        foreach (var policy in Model.Policies.Values.Concat(Model.Roles.Values.SelectMany(role => role.Policies)))
        {
            var kinds = policy.Effect == PolicyEffect.Deny ? new[] { ObstacleKind.Policy } : [ObstacleKind.InactivePolicy, ObstacleKind.Condition];
            foreach (var kind in kinds)
            {
                yield return One(new(kind) { Policy = policy.Id });
            }
        }
        yield return One(new(ObstacleKind.MissingGrant) { Permission = Request.Permission });

        (Obstacle, MendedWorld) One(Obstacle obstacle) => (obstacle, Without(obstacle).Single());
    }

    private IEnumerable<Assignment> Grants() =>
        State.Live.Concat(State.History).Concat(State.Teams.SelectMany(team => Model.TeamGrants.GetValueOrDefault(team, []).AddRange(Model.TeamHistory.GetValueOrDefault(team, []))));

    private IEnumerable<MendedWorld> Without(Obstacle one) => one.Kind switch
    {
        ObstacleKind.MissingGrant => [Given(one.Permission!)],
        ObstacleKind.MissingPermission => [Role(one.Role!, role => role with { Permissions = role.Permissions.Add(one.Permission!) })],
        ObstacleKind.ExpiredGrant => [Grant(one.Assignment!, grant => grant with { ExpiresAt = null })],
        ObstacleKind.UnstartedGrant => [Grant(one.Assignment!, grant => grant with { StartsAt = null })],
        ObstacleKind.SuspendedGrant => [Grant(one.Assignment!, grant => grant with { IsSuspended = false })],
        ObstacleKind.Scope => [Grant(one.Assignment!, grant => grant with { Scope = AttributeBag.Of(grant.Scope.Where(key => key.Key != one.Detail)) })],
        ObstacleKind.InactiveRole => [Role(one.Role!, role => role with { IsActive = true })],
        ObstacleKind.Policy => [Policy(one.Policy!, policy => policy with { IsActive = false })],
        ObstacleKind.InactivePolicy => [Policy(one.Policy!, policy => policy with { IsActive = true })],
        ObstacleKind.Condition when one.Policy is { } id => [Policy(id, policy => policy with { Conditions = [] })],
        ObstacleKind.Condition when one.Detail?.Contains(" edge ", StringComparison.Ordinal) == true => [Role(one.Role!, role => role with
        {
            Parents = [.. role.Parents.Select(edge => Text(role, edge) == one.Detail ? edge with { Type = InheritanceType.Full, Conditions = [] } : edge)],
        })],
        ObstacleKind.Condition => [Grant(one.Assignment!, grant => grant with { Conditions = [] })],
        _ => Owned(),
    };

    private string Text(RoleDefinition role, ParentEdge edge) => $"a condition of the edge from `{role.Name}` to `{Model.Catalog.Find(edge.Parent)?.Name}`";

    private MendedWorld Given(Permission permission)
    {
        var role = new RoleDefinition { Id = new RoleId("given-besides"), Name = "given-besides", DisplayName = "", Permissions = [permission] };
        var grant = new Assignment { Id = "given-besides", Role = role.Id, GrantedBy = "user:admin" };
        return this with { Model = Model with { Roles = Model.Roles.Add(role.Id, role) }, State = State with { Live = State.Live.Add(grant) } };
    }

    private MendedWorld Role(string name, Func<RoleDefinition, RoleDefinition> change)
    {
        var role = Model.Roles.Values.First(one => one.Name == name && !one.IsDeleting);
        return this with { Model = Model with { Roles = Model.Roles.SetItem(role.Id, change(role)) } };
    }

    private MendedWorld Grant(string id, Func<Assignment, Assignment> change)
    {
        return this with
        {
            State = State with { Live = All(State.Live), History = All(State.History) },
            Model = Model with
            {
                TeamGrants = Model.TeamGrants.SetItems(Model.TeamGrants.Select(team => KeyValuePair.Create(team.Key, All(team.Value)))),
                TeamHistory = Model.TeamHistory.SetItems(Model.TeamHistory.Select(team => KeyValuePair.Create(team.Key, All(team.Value)))),
            },
        };

        ImmutableArray<Assignment> All(ImmutableArray<Assignment> grants) => [.. grants.Select(grant => grant.Id == id ? change(grant) : grant)];
    }

    private MendedWorld Policy(string id, Func<PolicyDefinition, PolicyDefinition> change)
    {
        return this with
        {
            Model = Model with
            {
                Policies = Model.Policies.SetItems(All(Model.Policies.Values).Select(policy => KeyValuePair.Create(policy.Id, policy))),
                Roles = Model.Roles.SetItems(Model.Roles.Values.Select(role => KeyValuePair.Create(role.Id, role with { Policies = [.. All(role.Policies)] }))),
            },
        };

        IEnumerable<PolicyDefinition> All(IEnumerable<PolicyDefinition> policies) => policies.Select(policy => policy.Id == id ? change(policy) : policy).ToList();
    }

    private IEnumerable<MendedWorld> Owned() =>
        State.Teams.Select(team => ("team_id", AttributeValue.Of(team))).Append(("owner_id", AttributeValue.Of(Request.Subject.Id)))
            .Concat(Request.SubjectProperties.TryGet("customer_id", out var customer) ? [("customer_id", customer)] : [])
            .Concat(Grants().Select(grant => grant.Scope.TryGet("customer_id", out var scoped) ? scoped : AttributeValue.Null).Select(scoped => ("customer_id", scoped)))
            .Select(property => this with { Request = Request with { ResourceProperties = Request.ResourceProperties.With(AttributeBag.Of(property)) } });
}
