namespace AuthzCluster.Domain.Policies;

/// <summary>One list of patterns of a policy's target, ready to be asked. Immutable.</summary>
internal sealed class PatternSet
{
    private const int FewTexts = 8;

    private static readonly PatternSet Everything = new([new PolicyPattern(PolicyPattern.Form.All, "")]);

    private readonly string[] _texts;
    private readonly string[] _prefixes;
    private readonly string[] _suffixes;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? _many;

    private PatternSet(PolicyPattern[] patterns)
    {
        Patterns = patterns;
        MatchesAll = Array.Exists(patterns, pattern => pattern.Kind == PolicyPattern.Form.All);
        _texts = Texts(PolicyPattern.Form.Exact);
        _prefixes = Texts(PolicyPattern.Form.Prefix);
        _suffixes = Texts(PolicyPattern.Form.Suffix);
        if (_texts.Length > FewTexts)
        {
            _many = new HashSet<string>(_texts, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        }
    }

    /// <summary>The patterns, each once.</summary>
    public PolicyPattern[] Patterns { get; }

    /// <summary>Whether nothing fails to match.</summary>
    public bool MatchesAll { get; }

    /// <summary>Whether it names texts and nothing else.</summary>
    public bool IsExact => _texts.Length == Patterns.Length;

    /// <summary>Of patterns; of none: all match.</summary>
    public static PatternSet Of(IEnumerable<PolicyPattern> patterns)
    {
        PolicyPattern[] distinct = [.. patterns.Distinct()];
        return distinct.Length == 0 || Array.Exists(distinct, pattern => pattern.Kind == PolicyPattern.Form.All) ? Everything : new PatternSet(distinct);
    }

    /// <summary>Whether a text matches.</summary>
    public bool Matches(ReadOnlySpan<char> text) => MatchesAll || IsNamed(text) || Begins(text) || Ends(text);

    /// <summary>Whether a text, or the first few characters of it, match: each of the lengths is one text.</summary>
    public bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<int> lengths)
    {
        if (MatchesAll || Begins(text))
        {
            return true;
        }
        foreach (var length in lengths)
        {
            if (IsNamed(text[..length]) || Ends(text[..length]))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsNamed(ReadOnlySpan<char> text)
    {
        if (_many is { } many)
        {
            return many.Contains(text);
        }
        foreach (var named in _texts)
        {
            if (text.SequenceEqual(named))
            {
                return true;
            }
        }
        return false;
    }

    private bool Begins(ReadOnlySpan<char> text)
    {
        foreach (var prefix in _prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private bool Ends(ReadOnlySpan<char> text)
    {
        foreach (var suffix in _suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private string[] Texts(PolicyPattern.Form form) => [.. Patterns.Where(pattern => pattern.Kind == form).Select(pattern => pattern.Text)];
}
