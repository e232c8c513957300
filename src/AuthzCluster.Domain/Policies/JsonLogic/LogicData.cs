using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>A question as the data of a rule: <c>{subject, action, resource, context}</c>, read as <see cref="AttributePath"/> reads it.</summary>
internal static class LogicData
{
    public const string Properties = "properties";

    /// <summary>Builds all of it: for rules that name no one attribute.</summary>
    public static AttributeValue Of(AccessRequest request) => AttributeValue.Of(AttributeBag.Of(
        ("subject", Part(request.SubjectProperties, ("type", request.Subject.Type), ("id", request.Subject.Id))),
        ("action", Part(request.ActionProperties, ("name", request.Permission.Action))),
        ("resource", Part(request.ResourceProperties, ("type", request.ResourceType ?? request.Permission.Resource), ("id", request.ResourceId))),
        ("context", AttributeValue.Of(request.Context))));

    // Each property directly, those that every subject or resource has, and all of them again under `properties`.
    private static AttributeValue Part(AttributeBag properties, params ReadOnlySpan<(string Name, string? Text)> besides)
    {
        var all = properties;
        foreach (var (name, text) in besides)
        {
            all = text is null ? all : all.With(AttributeBag.Of((name, AttributeValue.Of(text))));
        }
        return AttributeValue.Of(all.With(AttributeBag.Of((Properties, AttributeValue.Of(all)))));
    }
}
