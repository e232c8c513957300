using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Keys;

/// <summary>What a key may be by itself.</summary>
internal static class ApiKeyRules
{
    public const int MostRoles = 100, MostTenants = 100, MostPermissions = 1_000;

    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>Adds what is wrong with all but the permissions.</summary>
    public static void Check(ApiKeyDraft draft, DateTimeOffset now, List<FieldError> errors)
    {
        Add(TextRules.NameProblem(draft.Name), "name", errors);
        CheckCount(draft.Roles.Count, 0, MostRoles, "roles", errors);
        for (var i = 0; i < Math.Min(draft.Roles.Count, MostRoles); i++)
        {
            Add(TextRules.IdProblem(draft.Roles[i]), $"roles[{i}]", errors);
        }
        CheckCount(draft.Tenants.Count, 1, MostTenants, "tenants", errors);
        for (var i = 0; i < Math.Min(draft.Tenants.Count, MostTenants); i++)
        {
            Add(TextRules.IdProblem(draft.Tenants[i].Value), $"tenants[{i}]", errors);
        }
        if (draft.ExpiresAt <= now)
        {
            errors.Add(new FieldError("expires_at", "must be in the future"));
        }
    }

    /// <summary>Reads the permissions that a key is narrowed to; adds what is wrong with them.</summary>
    public static ImmutableArray<Permission>? Read(IReadOnlyList<string?>? permissions, List<FieldError> errors)
    {
        if (permissions is null)
        {
            return null;
        }
        // None could be meant as no limit, or as nothing at all: nobody is to find out later which.
        CheckCount(permissions.Count, 1, MostPermissions, "permissions", errors);
        var read = new SortedSet<Permission>();
        for (var i = 0; i < Math.Min(permissions.Count, MostPermissions); i++)
        {
            if (Permission.TryParse(permissions[i], out var permission, out var error))
            {
                read.Add(permission);
            }
            else
            {
                errors.Add(new FieldError($"permissions[{i}]", error));
            }
        }
        return [.. read];
    }

    private static void CheckCount(int count, int least, int most, string field, List<FieldError> errors)
    {
        if (count > most)
        {
            errors.Add(new FieldError(field, $"must have at most {most} items"));
        }
        else if (count < least)
        {
            errors.Add(new FieldError(field, "must not be empty; leave it out instead"));
        }
    }

    private static void Add(string? problem, string field, List<FieldError> errors)
    {
        if (problem is not null)
        {
            errors.Add(new FieldError(field, problem));
        }
    }
}
