using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>Reads permissions so that equal ones, and equal segments of them, are one object, however often they occur.</summary>
internal sealed class PermissionPool
{
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<Permission, int> _indexes = [];
    private readonly List<Permission> _all = [];
    private readonly Dictionary<string, string> _segments = new(StringComparer.Ordinal);
    private Permission[] _sorted = [];
    private int[] _ranks = [];

    /// <summary>Reads a list into canonical order, each once; what is no permission becomes an error.</summary>
    public ImmutableArray<Permission> Read(IReadOnlyList<string> texts, string path, List<FieldError> errors)
    {
        var read = Array.ConvertAll(Learn(texts, path, errors), index => _all[index]);
        Array.Sort(read);
        return ImmutableCollectionsMarshal.AsImmutableArray(Once(read));
    }

    /// <summary>Reads a list, to be got when all lists are read.</summary>
    public int[] Learn(IReadOnlyList<string> texts, string path, List<FieldError> errors)
    {
        var indexes = texts.Count == 0 ? [] : new int[texts.Count];
        var count = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            if (TryGet(texts[i], out var index, out var problem))
            {
                indexes[count++] = index;
            }
            else
            {
                errors.Add(new FieldError($"{path}[{i}]", problem!));
            }
        }
        return count == indexes.Length ? indexes : indexes[..count];
    }

    /// <summary>A list that was read, as <see cref="Read"/> gives it. Many lists sort by numbers instead of texts.</summary>
    public ImmutableArray<Permission> Get(int[] learned)
    {
        if (_ranks.Length != _all.Count)
        {
            Rank();
        }
        var ranks = Array.ConvertAll(learned, index => _ranks[index]);
        Array.Sort(ranks);
        return ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(Once(ranks), rank => _sorted[rank]));
    }

    private void Rank()
    {
        _sorted = [.. _all];
        var order = Enumerable.Range(0, _sorted.Length).ToArray();
        Array.Sort(_sorted, order);
        _ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            _ranks[order[rank]] = rank;
        }
    }

    private static T[] Once<T>(T[] sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || !EqualityComparer<T>.Default.Equals(sorted[i], sorted[kept - 1]))
            {
                sorted[kept++] = sorted[i];
            }
        }
        return kept == sorted.Length ? sorted : sorted[..kept];
    }

    private bool TryGet(string? text, out int index, out string? problem)
    {
        problem = null;
        if (text is not null && _byText.TryGetValue(text, out index))
        {
            return true;
        }
        index = 0;
        if (!Permission.TryParse(text, out var permission, out problem))
        {
            return false;
        }
        if (!_indexes.TryGetValue(permission, out index))
        {
            index = _all.Count;
            _all.Add(new Permission(Segment(permission.Resource), Segment(permission.Action), permission.Scope));
            _indexes.Add(_all[index], index);
        }
        _byText.Add(text!, index);
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
