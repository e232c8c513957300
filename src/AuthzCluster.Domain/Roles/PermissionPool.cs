using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>Reads permissions so that equal ones, and equal segments of them, are one object, however often they occur.</summary>
internal sealed class PermissionPool
{
    private readonly Dictionary<string, Permission> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<Permission, Permission> _shared = [];
    private readonly Dictionary<string, string> _segments = new(StringComparer.Ordinal);

    /// <summary>Reads a list into canonical order, each once; what is no permission becomes an error.</summary>
    public ImmutableArray<Permission> Read(IReadOnlyList<string> texts, string path, List<FieldError> errors)
    {
        if (texts.Count == 0)
        {
            return [];
        }
        var read = new Permission[texts.Count];
        var (count, isSorted) = (0, true);
        for (var i = 0; i < texts.Count; i++)
        {
            if (!TryGet(texts[i], out var permission, out var problem))
            {
                errors.Add(new FieldError($"{path}[{i}]", problem!));
                continue;
            }
            isSorted = isSorted && (count == 0 || read[count - 1].CompareTo(permission) < 0);
            read[count++] = permission!;
        }
        return isSorted ? ImmutableArray.Create(read, 0, count) : SortOnce(read.AsSpan(0, count));
    }

    private static ImmutableArray<Permission> SortOnce(Span<Permission> read)
    {
        read.Sort();
        var kept = 1;
        for (var i = 1; i < read.Length; i++)
        {
            if (!read[i].Equals(read[kept - 1]))
            {
                read[kept++] = read[i];
            }
        }
        return ImmutableArray.Create(read[..kept]);
    }

    private bool TryGet(string? text, out Permission? permission, out string? problem)
    {
        problem = null;
        if (text is not null && _byText.TryGetValue(text, out permission))
        {
            return true;
        }
        if (!Permission.TryParse(text, out permission, out problem))
        {
            return false;
        }
        if (!_shared.TryGetValue(permission, out var shared))
        {
            shared = new Permission(Segment(permission.Resource), Segment(permission.Action), permission.Scope);
            _shared.Add(shared, shared);
        }
        _byText.Add(text!, permission = shared);
        return true;
    }

    private string Segment(string text)
    {
        if (!_segments.TryGetValue(text, out var shared))
        {
            _segments.Add(text, shared = text);
        }
        return shared;
    }
}
