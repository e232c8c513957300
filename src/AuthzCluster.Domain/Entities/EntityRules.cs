using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Entities;

/// <summary>What an entity may be.</summary>
internal static class EntityRules
{
    /// <summary>How many types of entities a tenant may have: each is in the model that every check reads.</summary>
    public const int MostTypes = 1_000;

    /// <summary>How much text an entity's properties may have in all, in characters.</summary>
    public const int LongestProperties = 64 * 1024;

    public static void Check(EntityId id, AttributeBag properties, List<FieldError> errors)
    {
        Add(TextRules.IdProblem(id.Type) ?? (id.Type.Contains(':', StringComparison.Ordinal) ? "must not contain a colon" : null), "type", errors);
        Add(TextRules.IdProblem(id.Id), "id", errors);
        AttributeRules.Check(properties, "properties", LongestProperties, errors);
    }

    private static void Add(string? problem, string path, List<FieldError> errors)
    {
        if (problem is not null)
        {
            errors.Add(new FieldError(path, problem));
        }
    }
}
