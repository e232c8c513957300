using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>The kind <c>opa</c>: an outside engine says whether it holds. Where nobody is there to ask it, an error.</summary>
internal static class OutsideCondition
{
    private const string Path = "path", Url = "url";

    /// <summary>Adds what is wrong with the params of one.</summary>
    public static void Validate(AttributeBag parameters, string path, List<FieldError> errors)
    {
        ConditionRules.RefuseOthers(parameters, [Path, Url], path, errors);
        Read(parameters, $"{path}.", errors);
    }

    /// <summary>Compiles one; malformed where it breaks the rules.</summary>
    public static CompiledCondition Compile(AttributeBag parameters) => Read(parameters, "", []) is { } question
        ? new((request, _) => request.Outside?.Look(question) ?? Truth.Error) { AsksOutside = true }
        : CompiledCondition.Malformed;

    /// <summary>What such params ask; null: they break the rules.</summary>
    public static OutsideQuestion? Read(AttributeBag parameters, string prefix, List<FieldError> errors)
    {
        var before = errors.Count;
        var path = parameters.TryGet(Path, out var value) && value.Kind == AttributeKind.String ? value.AsString : "";
        if (OutsideAddress.PathProblem(path) is { } wrongPath)
        {
            errors.Add(new($"{prefix}{Path}", wrongPath));
        }
        var url = UrlOf(parameters, prefix, errors);
        return errors.Count > before ? null : new OutsideQuestion(path, url);
    }

    /// <summary>The address that is named; null: none is, or what is named is none.</summary>
    public static string? UrlOf(AttributeBag parameters, string prefix, List<FieldError> errors)
    {
        if (!parameters.TryGet(Url, out var value))
        {
            return null;
        }
        var problem = value.Kind == AttributeKind.String ? OutsideAddress.UrlProblem(value.AsString) : "must be a string";
        if (problem is not null)
        {
            errors.Add(new($"{prefix}{Url}", problem));
        }
        return problem is null ? OutsideAddress.Normal(value.AsString) : null;
    }

    /// <summary>Whether one of some conditions asks an outside engine, itself or within.</summary>
    public static bool IsIn(IEnumerable<Condition> conditions) => conditions.Any(IsIn);

    private static bool IsIn(Condition condition) => condition.Type switch
    {
        ConditionKinds.Opa => true,
        ConditionKinds.All or ConditionKinds.Any => condition.Params.TryGet("conditions", out var list) && list.Kind == AttributeKind.List && list.AsList.Any(IsIn),
        ConditionKinds.Not => condition.Params.TryGet("condition", out var child) && IsIn(child),
        _ => false,
    };

    private static bool IsIn(AttributeValue value) => ConditionCompiler.TryReadNested(value) is { } nested && IsIn(nested);
}
