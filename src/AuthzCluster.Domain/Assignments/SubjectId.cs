namespace AuthzCluster.Domain.Assignments;

/// <summary>
/// Names a subject within its tenant. <c>user:alice</c> and <c>service:alice</c> are two subjects; the type
/// <c>team</c> names a team, which can be granted roles but never asks.
/// </summary>
/// <param name="Type">The kind of subject, such as <c>user</c>.</param>
/// <param name="Id">The id within the type.</param>
public readonly record struct SubjectId(string Type, string Id)
{
    /// <summary>The type of a bare id.</summary>
    public const string UserType = "user";

    /// <summary>The reserved type of teams.</summary>
    public const string TeamType = "team";

    /// <summary>Whether this names a team.</summary>
    public bool IsTeam => Type == TeamType;

    /// <summary>A subject of type <c>user</c>.</summary>
    public static SubjectId User(string id) => new(UserType, id);

    /// <summary>A team.</summary>
    public static SubjectId Team(string id) => new(TeamType, id);

    /// <summary>Reads <c>TYPE:ID</c>, split at the first colon; a bare id is a user.</summary>
    public static SubjectId Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? User(text) : new SubjectId(text[..colon], text[(colon + 1)..]);
    }

    /// <summary><c>TYPE:ID</c>.</summary>
    public override string ToString() => $"{Type}:{Id}";
}
