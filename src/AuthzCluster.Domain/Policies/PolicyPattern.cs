using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Policies;

/// <summary>A pattern of a policy's target: a text, <c>*</c>, <c>prefix*</c> or <c>*suffix</c>.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Text">Without the star; empty where all match.</param>
internal readonly record struct PolicyPattern(PolicyPattern.Form Kind, string Text)
{
    private const string BareType = "user:";
    private static readonly string[] Scopes = [.. Enum.GetValues<PermissionScope>().Select(PermissionGrammar.ScopeText)];

    /// <summary>The forms.</summary>
    internal enum Form : byte
    {
        Exact,
        All,
        Prefix,
        Suffix,
    }

    /// <summary>What is wrong with a text; null: it is a pattern.</summary>
    public static string? Problem(string text)
    {
        var star = text.IndexOf('*', StringComparison.Ordinal);
        return star < 0 || ((star == 0 || star == text.Length - 1) && text.LastIndexOf('*') == star)
            ? null
            : "must be a text, `*`, `prefix*` or `*suffix`";
    }

    /// <summary>
    /// What is wrong with a pattern of resources; null: nothing. One with a third segment is about <c>resource:action:scope</c>: where that is no scope it could match
    /// nothing, and what it should have denied were allowed.
    /// </summary>
    public static string? ResourceProblem(string text) =>
        Problem(text) ?? (text.Split(':') is { Length: > 2 } parts && (parts.Length > 3 || !Scopes.Any(Of(parts[2]).Matches))
            ? $"must be about a resource, or resource:action, or resource:action:scope with one of the scopes {string.Join(", ", Scopes)}, or its beginning and `*`" : null);

    /// <summary>Reads a text; one that is no pattern stands for itself.</summary>
    public static PolicyPattern Of(string text) =>
        text == "*" ? new(Form.All, "")
        : Problem(text) is not null || !text.Contains('*', StringComparison.Ordinal) ? new(Form.Exact, text)
        : text[0] == '*' ? new(Form.Suffix, text[1..])
        : new(Form.Prefix, text[..^1]);

    /// <summary>Reads a pattern of principals: what begins a bare id is a user's; <c>*suffix</c> is the end of any.</summary>
    public static PolicyPattern OfPrincipal(string text)
    {
        var pattern = Of(text);
        return pattern.Kind is Form.Exact or Form.Prefix && !pattern.Text.Contains(':', StringComparison.Ordinal)
            ? pattern with { Text = BareType + pattern.Text }
            : pattern;
    }

    /// <summary>Whether it matches a text.</summary>
    public bool Matches(string text) => Kind switch
    {
        Form.All => true,
        Form.Prefix => text.StartsWith(Text, StringComparison.Ordinal),
        Form.Suffix => text.EndsWith(Text, StringComparison.Ordinal),
        _ => text == Text,
    };
}
