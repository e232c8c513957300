using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Entities;

/// <summary>
/// Decides which types of entities are in use in a tenant: each is in its model before the first entity of that type is
/// stored, so that a check of any other type looks for nothing. A type without entities is harmless, and stays. Pure.
/// </summary>
public static class EntityTypeEditor
{
    /// <summary>Adds types; one that is there changes nothing. <see cref="ErrorCode.ValidationFailed"/> where there would be too many.</summary>
    public static Result<ModelChange> Add(TenantModel model, IReadOnlyCollection<string> types, DateTimeOffset now)
    {
        var next = model.EntityTypes.Union(types);
        if (next.Count == model.EntityTypes.Count)
        {
            return ModelChange.None(model);
        }
        // No audit entry: it says nothing that the entity's own does not.
        return next.Count > EntityRules.MostTypes
            ? AuthzError.Invalid("type", $"a tenant has at most {EntityRules.MostTypes} types of entities")
            : new ModelChange(model with { EntityTypes = next, Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) }, [], []);
    }
}
