using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// A dotted path into a question. <c>resource.x</c> is the resource's property x (<c>resource.type</c> and
/// <c>resource.id</c> besides, <c>resource.properties.x</c> the same as <c>resource.x</c>); likewise <c>subject</c> and
/// <c>action</c> (<c>action.name</c>); <c>context.x</c>, and any path with none of these roots, is in the context.
/// </summary>
internal sealed class AttributePath
{
    private enum Root : byte
    {
        Context,
        Subject,
        Resource,
        Action,
    }

    private const int LongestText = 512;

    private const string Properties = "properties";

    private readonly Root _root;
    private readonly string[] _names;

    private AttributePath(Root root, string[] names)
    {
        _root = root;
        _names = names;
    }

    /// <summary>The path of a property of the resource, given without the root.</summary>
    public static AttributePath OfResource(string name)
    {
        var names = name.Split('.');
        return new(Root.Resource, names.Length > 1 && names[0] == Properties ? names[1..] : names);
    }

    /// <summary>The path of a value of the context, given by its name alone.</summary>
    public static AttributePath OfContext(string name) => new(Root.Context, name.Split('.'));

    /// <summary>Reads a path; null where the text is none.</summary>
    public static AttributePath? Parse(string text)
    {
        var names = text.Split('.');
        if (text.Length > LongestText || names.Contains(""))
        {
            return null;
        }
        Root? root = names[0] switch
        {
            "context" => Root.Context,
            "subject" => Root.Subject,
            "resource" => Root.Resource,
            "action" => Root.Action,
            _ => null,
        };
        if (root is null)
        {
            return new AttributePath(Root.Context, names);
        }
        var skip = names.Length > 2 && names[1] == Properties && root != Root.Context ? 2 : 1;
        return names.Length == 1 ? null : new AttributePath(root.Value, names[skip..]);
    }

    /// <summary>Finds the value; false where it is absent.</summary>
    public bool TryGet(AccessRequest request, out AttributeValue value)
    {
        if (!TryGetFirst(request, _names[0], out value))
        {
            return false;
        }
        foreach (var name in _names.AsSpan(1))
        {
            if (value.Kind != AttributeKind.Object || !value.AsObject.TryGet(name, out value))
            {
                return false;
            }
        }
        return true;
    }

    private bool TryGetFirst(AccessRequest request, string name, out AttributeValue value) => _root switch
    {
        Root.Context => request.Context.TryGet(name, out value),
        Root.Subject => TryGetNamed(name, "id", request.Subject.Id, out value)
            || TryGetNamed(name, "type", request.Subject.Type, out value)
            || request.SubjectProperties.TryGet(name, out value),
        Root.Resource => TryGetNamed(name, "id", request.ResourceId, out value)
            || TryGetNamed(name, "type", request.ResourceType ?? request.Permission.Resource, out value)
            || request.ResourceProperties.TryGet(name, out value),
        _ => TryGetNamed(name, "name", request.Permission.Action, out value) || request.ActionProperties.TryGet(name, out value),
    };

    private static bool TryGetNamed(string name, string wanted, string? text, out AttributeValue value)
    {
        var found = name == wanted && text is not null;
        value = found ? AttributeValue.Of(text!) : default;
        return found;
    }
}
