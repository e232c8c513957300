using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies;

/// <summary><c>custom {name, params}</c>: asks what the host registered. Nothing that this throws gets out: it is an error of the condition.</summary>
internal static class CustomCondition
{
    private const string Name = "name", Params = "params";

    public static void Validate(AttributeBag parameters, CustomConditions custom, string path, List<FieldError> errors)
    {
        ConditionRules.RefuseOthers(parameters, [Name, Params], path, errors);
        if (!parameters.TryGet(Name, out var name) || name.Kind != AttributeKind.String)
        {
            errors.Add(new($"{path}.{Name}", "must name a condition that the host registered"));
            return;
        }
        if (parameters.TryGet(Params, out var own) && own.Kind != AttributeKind.Object)
        {
            errors.Add(new($"{path}.{Params}", "must be an object"));
            return;
        }
        if (custom.Find(name.AsString) is not { } condition)
        {
            errors.Add(new($"{path}.{Name}", $"`{name.AsString}` is no condition that is registered here"));
            return;
        }
        try
        {
            errors.AddRange(condition.Validate(OwnOf(parameters)).Select(error => error with { Field = $"{path}.{Params}{(error.Field is "" ? "" : "." + error.Field)}" }));
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            errors.Add(new($"{path}.{Params}", $"`{name.AsString}` cannot judge them: {cause.Message}"));
        }
    }

    public static CompiledCondition Compile(AttributeBag parameters, CustomConditions custom)
    {
        if (!parameters.TryGet(Name, out var name) || name.Kind != AttributeKind.String || custom.Find(name.AsString) is not { } condition)
        {
            return CompiledCondition.Malformed;
        }
        try
        {
            var own = OwnOf(parameters);
            var evaluate = condition.Compile(own);
            return new((request, now) => Evaluate(evaluate, request, now), now => ChangesAfter(condition, own, now));
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            return CompiledCondition.Malformed;
        }
    }

    private static Truth Evaluate(Func<AccessRequest, DateTimeOffset, bool?> evaluate, AccessRequest request, long now)
    {
        try
        {
            return evaluate(request, At(now)) switch { true => Truth.True, false => Truth.False, null => Truth.Error };
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            return Truth.Error;
        }
    }

    private static AttributeBag OwnOf(AttributeBag parameters) => parameters.TryGet(Params, out var own) ? own.AsObject : AttributeBag.Empty;

    private static DateTimeOffset At(long now) => new(now, TimeSpan.Zero);

    private static long ChangesAfter(ICustomCondition condition, AttributeBag parameters, long now)
    {
        try
        {
            return condition.ChangesAfter(parameters, At(now))?.UtcTicks ?? CompiledCondition.Never;
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            return now;
        }
    }
}
