using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>What a tenant's settings say of outside engines: <c>policy_engine</c> and <c>opa {url, path}</c>.</summary>
internal static class OutsideSettings
{
    public const string Engine = "policy_engine", Opa = "opa";

    private const string Path = "path";

    /// <summary>Adds what is wrong with a value of the setting <c>opa</c>: both of its members may be left out.</summary>
    public static void Check(AttributeValue value, string path, List<FieldError> errors)
    {
        if (value.Kind != AttributeKind.Object)
        {
            errors.Add(new(path, "must be an object"));
            return;
        }
        ConditionRules.RefuseOthers(value.AsObject, ["url", Path], path, errors);
        OutsideCondition.UrlOf(value.AsObject, $"{path}.", errors);
        if (value.AsObject.TryGet(Path, out var document)
            && (document.Kind == AttributeKind.String ? OutsideAddress.PathProblem(document.AsString) : "must be a string") is { } problem)
        {
            errors.Add(new($"{path}.{Path}", problem));
        }
    }

    /// <summary>Adds what is missing in settings as they are to be.</summary>
    public static void CheckWhole(AttributeBag settings, List<FieldError> errors)
    {
        if (FinalWord(settings) is { Path: "" })
        {
            errors.Add(new($"settings.{Opa}.{Path}", $"is needed where {Engine} is {Opa}"));
        }
    }

    /// <summary>What is asked for the final word of each decision; null: nobody has one. Without a path: an error each time.</summary>
    public static OutsideQuestion? FinalWord(AttributeBag settings) =>
        !settings.TryGet(Engine, out var engine) || engine != AttributeValue.Of(Opa) ? null
        : Of(settings) is { } opa && OutsideCondition.Read(opa, "", []) is { } question ? question
        : new OutsideQuestion("", null);

    /// <summary>The address of the tenant's own engine; null: it names none.</summary>
    public static string? Url(AttributeBag settings) => Of(settings) is { } opa ? OutsideCondition.UrlOf(opa, "", []) : null;

    private static AttributeBag? Of(AttributeBag settings) =>
        settings.TryGet(Opa, out var value) && value.Kind == AttributeKind.Object ? value.AsObject : null;
}
