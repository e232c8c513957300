using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Policies;

/// <summary>What a policy may be. Bounds keep one policy from stalling a node.</summary>
public static class PolicyRules
{
    /// <summary>How many policies a tenant may have, those attached to roles aside.</summary>
    public const int MostOfTenant = 20_000;

    /// <summary>How many policies may be attached to a role.</summary>
    public const int MostOfRole = 100;

    /// <summary>How large the policies of a tenant may be together, those attached to roles among them, in characters as <see cref="PolicySize"/> counts them.</summary>
    public const long LargestOfTenant = 32 * 1024 * 1024;

    private const int MostPatterns = 100, MostGrants = 1_000, LongestPattern = 512, LongestDescription = 10_000, HighestPriority = 1_000_000;

    /// <summary>Reads a policy: what is wrong is added, with its place. Null: something is. Version and times are the editor's.</summary>
    internal static PolicyDefinition? Read(PolicyDraft draft, string id, string prefix, List<FieldError> errors, CustomConditions custom)
    {
        var before = errors.Count;
        Add(TextRules.IdProblem(id), "id");
        Add(TextRules.NameProblem(draft.Name), "name");
        Add(TextRules.TextProblem(draft.Description, LongestDescription), "description");
        Add(draft.Effect is PolicyEffect.Allow or PolicyEffect.Deny ? null : "must be allow or deny", "effect");
        Add(draft.Priority is < -HighestPriority or > HighestPriority ? $"must be -{HighestPriority} to {HighestPriority}" : null, "priority");
        CheckPatterns(draft.Resources, $"{prefix}resources", errors, PolicyPattern.ResourceProblem);
        CheckPatterns(draft.Actions, $"{prefix}actions", errors, PolicyPattern.Problem);
        CheckPatterns(draft.Principals, $"{prefix}principals", errors, PolicyPattern.Problem);
        StoredConditions.Check(draft.Conditions, $"{prefix}conditions", errors, custom);
        Add(draft.GrantPermissions.Count > MostGrants ? $"must be at most {MostGrants}"
            : draft.Effect == PolicyEffect.Deny && draft.GrantPermissions.Count > 0 ? "belong to an allow only" : null, "grant_permissions");
        var grants = draft.GrantPermissions.Count > MostGrants ? [] : new PermissionPool().Read(draft.GrantPermissions, $"{prefix}grant_permissions", errors);
        return errors.Count > before ? null : new PolicyDefinition
        {
            Id = id,
            Name = draft.Name,
            Description = draft.Description,
            Effect = draft.Effect!.Value,
            Resources = [.. draft.Resources],
            Actions = [.. draft.Actions],
            Principals = [.. draft.Principals],
            Conditions = [.. draft.Conditions],
            Priority = draft.Priority,
            IsActive = draft.IsActive,
            GrantPermissions = grants,
        };

        void Add(string? problem, string field)
        {
            if (problem is not null)
            {
                errors.Add(new FieldError(prefix + field, problem));
            }
        }
    }

    /// <summary>This change of a model; or, where it makes the policies larger together than they may be, its refusal. One that makes them smaller is none.</summary>
    internal static Result<ModelChange> Bound(TenantModel before, ModelChange change) =>
        change.Model.Ledger.Size is var size && size > LargestOfTenant && size > before.Ledger.Size
            ? new AuthzError(
                ErrorCode.InvalidState,
                $"the policies of the tenant, those of its roles among them, would have {size} characters, counting {PolicySize.OfEach} for each text and value and {PolicySize.OfPolicy} for each policy; at most {LargestOfTenant} are possible")
            : change;

    private static void CheckPatterns(IReadOnlyList<string> patterns, string path, List<FieldError> errors, Func<string, string?> problemOf)
    {
        if (patterns.Count > MostPatterns)
        {
            errors.Add(new FieldError(path, $"must be at most {MostPatterns}"));
            return;
        }
        for (var i = 0; i < patterns.Count; i++)
        {
            if ((TextRules.KeyProblem(patterns[i], LongestPattern) ?? problemOf(patterns[i])) is { } problem)
            {
                errors.Add(new FieldError($"{path}[{i}]", problem));
            }
        }
    }
}
