using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>Decides edits of a tenant's registry of permissions. Pure. Roles are of no account: what they have they keep.</summary>
public static class RegistryEditor
{
    /// <summary>How many entries of its own a tenant may have.</summary>
    public const int Most = 20_000;

    private const int LongestDescription = 1_000;

    /// <summary>
    /// Registers a permission, or describes anew one that is there. One that is built in:
    /// <see cref="ErrorCode.InvalidState"/>.
    /// </summary>
    public static Result<ModelChange> Register(TenantModel model, string permission, string? description, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        var read = Read(permission, description, "", errors);
        if (read is null || errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var text = read.ToString();
        if (model.Registry.Find(read) is { IsBuiltIn: true })
        {
            return BuiltIn(text);
        }
        var isNew = !model.Registered.TryGetValue(text, out var old);
        if (!isNew && old == description)
        {
            return ModelChange.None(model);
        }
        return isNew && model.Registered.Count >= Most
            ? new AuthzError(ErrorCode.InvalidState, $"the tenant has {Most} registered permissions; more are not possible")
            : new ModelChange(Next(model, model.Registered.SetItem(text, description), now), [Told(text, isNew, old, description)], []) { IsNew = isNew };
    }

    /// <summary>Takes an entry out; <see cref="ErrorCode.NotFound"/> where there is none, <see cref="ErrorCode.InvalidState"/> where it is built in.</summary>
    public static Result<ModelChange> Remove(TenantModel model, Permission permission, DateTimeOffset now)
    {
        var text = permission.ToString();
        if (model.Registry.Find(permission) is not { } entry)
        {
            return new AuthzError(ErrorCode.NotFound, $"the permission `{text}` is not registered");
        }
        return entry.IsBuiltIn
            ? BuiltIn(text)
            : new ModelChange(Next(model, model.Registered.Remove(text), now),
                [new AuditEntry(AuditActions.PermissionRemoved, "permission", text, Snapshot(text, entry.Description), null)], []);
    }

    /// <summary>Reads an entry; what is wrong is added. Null: it is no permission that can be registered.</summary>
    internal static Permission? Read(string? permission, string? description, string prefix, List<FieldError> errors)
    {
        if (!Permission.TryParse(permission, out var read, out var problem))
        {
            errors.Add(new FieldError($"{prefix}permission", problem));
        }
        else if (read.Action == Permission.Wildcard || read.Resource.Contains('*', StringComparison.Ordinal))
        {
            errors.Add(new FieldError($"{prefix}permission", $"`{read}` has a wildcard: what is registered names one resource and one action"));
            read = null;
        }
        if (TextRules.TextProblem(description, LongestDescription) is { } wrong)
        {
            errors.Add(new FieldError($"{prefix}description", wrong));
        }
        return read;
    }

    internal static AuditEntry Told(string text, bool isNew, string? old, string? description) =>
        new(AuditActions.PermissionRegistered, "permission", text, isNew ? null : Snapshot(text, old), Snapshot(text, description));

    private static AuthzError BuiltIn(string text) => new(ErrorCode.InvalidState, $"the permission `{text}` is built in");

    private static AttributeBag Snapshot(string text, string? description) => AttributeBag.Of(
        ("permission", AttributeValue.Of(text)), ("description", description is null ? AttributeValue.Null : AttributeValue.Of(description)));

    private static TenantModel Next(TenantModel model, ImmutableSortedDictionary<string, string?> registered, DateTimeOffset now) =>
        model with { Registered = registered, Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) };
}
