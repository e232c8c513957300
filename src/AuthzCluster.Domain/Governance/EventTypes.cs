namespace AuthzCluster.Domain.Governance;

/// <summary>Which audit records are events that others may follow: what concerns roles, policies, teams, constraints and requests, and no other.</summary>
public static class EventTypes
{
    private static readonly string[] Kinds = ["role", "policy", "team", "constraint", "request"];

    /// <summary>Whether a record of this action is an event; its type is the action.</summary>
    public static bool IsEvent(string action) => action.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Array.IndexOf(Kinds, action[..dot]) >= 0;

    /// <summary>Whether a pattern asks for a type: the type itself, <c>*</c>, or a beginning of it as <c>role.*</c>.</summary>
    public static bool Matches(string pattern, string type) =>
        pattern == type || pattern == "*" || (pattern.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(pattern[..^1], StringComparison.Ordinal));

    /// <summary>What is wrong with a pattern; null: it can match something.</summary>
    public static string? PatternProblem(string? pattern) =>
        pattern == "*" || (pattern is { Length: > 0 and <= 100 } && pattern.All(c => char.IsAsciiLetterLower(c) || c is '.' or '_' or '*')
            && pattern.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || (star == pattern.Length - 1 && pattern.EndsWith(".*", StringComparison.Ordinal)))
            && IsEvent(pattern))
            ? null : "must be the type of an event such as role.assigned, the beginning of some such as role.*, or *";
}
