using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Cases;

/// <summary>A case as the domain's records. The id of an assignment is its label.</summary>
public sealed class CaseWorld
{
    private readonly Dictionary<SubjectId, SubjectAssignments> _subjects;

    private CaseWorld(TenantModel model, Dictionary<SubjectId, SubjectAssignments> subjects, IReadOnlyDictionary<EntityId, AttributeBag> entities) =>
        (Model, _subjects, Entities) = (model, subjects, entities);

    /// <summary>The tenant's model.</summary>
    public TenantModel Model { get; }

    /// <summary>The stored entities; of one that is stored twice the last is there.</summary>
    public IReadOnlyDictionary<EntityId, AttributeBag> Entities { get; }

    /// <summary>What is stored of a subject; <see cref="SubjectAssignments.None"/> where nothing is.</summary>
    public SubjectAssignments SubjectOf(SubjectId subject) => _subjects.GetValueOrDefault(subject, SubjectAssignments.None);

    /// <summary>Builds one.</summary>
    public static CaseWorld Of(AuthzCase test)
    {
        var roles = PackRoles.Of(test.Packs).ToDictionary(role => role.Id.Value);
        foreach (var draft in test.Roles)
        {
            var role = Define(draft, idOrName => Resolve(test, roles, idOrName));
            roles.Add(role.Id.Value, role);
        }
        var assignments = test.Assignments.ToLookup(one => one.Draft.Principal, one => Make(test, roles, one));
        var teams = test.Memberships.ToLookup(pair => pair.Member, pair => pair.Team);
        var model = new TenantModel
        {
            Id = TenantId.Default,
            DisplayName = test.Name,
            Packs = [.. test.Packs.Order(StringComparer.Ordinal)],
            Roles = roles.Values.Where(role => !role.IsSystem).ToImmutableDictionary(role => role.Id),
            Policies = test.Policies.Select(Define).ToImmutableDictionary(policy => policy.Id, StringComparer.Ordinal),
            TeamGrants = assignments.Where(group => group.Key.IsTeam)
                .ToImmutableSortedDictionary(group => group.Key.Id, group => group.ToImmutableArray(), StringComparer.Ordinal),
            EntityTypes = test.Entities.Select(entity => entity.Id.Type).ToImmutableSortedSet(StringComparer.Ordinal),
        };
        var entities = new Dictionary<EntityId, AttributeBag>();
        foreach (var entity in test.Entities)
        {
            entities[entity.Id] = entity.Properties;
            if (entity.IsDeleted)
            {
                entities.Remove(entity.Id);
            }
        }
        return new CaseWorld(model, assignments.Select(group => group.Key).Concat(teams.Select(group => group.Key))
            .Where(principal => !principal.IsTeam).Distinct()
            .ToDictionary(subject => subject, subject => new SubjectAssignments
            {
                Revision = 1,
                Live = [.. assignments[subject]],
                Teams = [.. teams[subject].Distinct().Order(StringComparer.Ordinal)],
            }), entities);
    }

    /// <summary>The question of a check; false where its permission is malformed.</summary>
    public static bool TryRequest(CaseCheck check, [NotNullWhen(true)] out AccessRequest? request)
    {
        request = !Permission.TryParse(check.Permission, out var permission, out var isExplicit, out _) ? null : new AccessRequest
        {
            Subject = check.Subject,
            Permission = permission,
            HasExplicitScope = isExplicit,
            ResourceType = check.ResourceType,
            ResourceId = check.ResourceId,
            ResourceProperties = check.ResourceProperties,
            SubjectProperties = check.SubjectProperties,
            ActionProperties = check.ActionProperties,
            Context = check.Context,
        };
        return request is not null;
    }

    private static RoleDefinition Resolve(AuthzCase test, Dictionary<string, RoleDefinition> roles, string idOrName) =>
        roles.GetValueOrDefault(idOrName) ?? roles.Values.FirstOrDefault(role => role.Name == idOrName)
        ?? throw new CaseFormatException($"{test.Name}: no role `{idOrName}`");

    private static RoleDefinition Define(RoleDraft draft, Func<string, RoleDefinition> resolve) => new()
    {
        Id = new RoleId(CaseRoles.IdOf(draft)),
        Name = draft.Name,
        DisplayName = draft.Name,
        Permissions = Parse(draft.Permissions),
        Parents = [.. draft.Parents.Select(parent => new ParentEdge(resolve(parent.Role).Id, parent.Type)
        {
            Patterns = Parse(parent.Permissions),
            Conditions = [.. parent.Conditions],
        }).OrderBy(edge => edge.Parent.Value, StringComparer.Ordinal)],
        Level = draft.Level ?? draft.Parents.Select(parent => resolve(parent.Role).Level).DefaultIfEmpty(0).Max(),
        IsActive = draft.IsActive,
        Policies = [.. draft.Policies.Select(Define)],
    };

    private static PolicyDefinition Define(PolicyDraft draft) => new()
    {
        Id = draft.Id!,
        Name = draft.Name,
        Effect = draft.Effect!.Value,
        Resources = [.. draft.Resources],
        Actions = [.. draft.Actions],
        Principals = [.. draft.Principals],
        Conditions = [.. draft.Conditions],
        Priority = draft.Priority,
        IsActive = draft.IsActive,
        GrantPermissions = Parse(draft.GrantPermissions),
    };

    private static ImmutableArray<Permission> Parse(IEnumerable<string> texts) => [.. texts.Select(Permission.Parse).Distinct().Order()];

    private static Assignment Make(AuthzCase test, Dictionary<string, RoleDefinition> roles, CaseAssignment one) => new()
    {
        Id = one.Label,
        Role = Resolve(test, roles, one.Role).Id,
        Scope = one.Draft.Scope,
        Conditions = [.. one.Draft.Conditions],
        StartsAt = one.Draft.StartsAt,
        ExpiresAt = one.Draft.ExpiresAt,
        IsSuspended = one.IsSuspended,
        GrantedBy = "user:admin",
    };
}
