namespace AuthzCluster.Client;

/// <summary>
/// Who is asked about, or gets a role: a user, a team, a service, or a subject of any type of yours. A text is read as
/// <c>TYPE:ID</c>, a bare id as a user: <c>"alice"</c>, <c>"team:docs"</c>. Where ids come from outside and may have
/// colons, say the type: <see cref="User"/>, <see cref="Team"/>.
/// </summary>
/// <param name="Type">The kind, such as <c>user</c>; without a colon.</param>
/// <param name="Id">The id within the type, case-sensitive; 1 to 256 characters.</param>
public readonly record struct Principal(string Type, string Id)
{
    /// <summary>The type of a bare id.</summary>
    public const string UserType = "user";

    /// <summary>The type of teams: they hold roles for their members, and ask nothing themselves.</summary>
    public const string TeamType = "team";

    /// <summary>Whether this is a team.</summary>
    public bool IsTeam => Type == TeamType;

    /// <summary>A user, whatever characters the id has.</summary>
    public static Principal User(string id) => new(UserType, id);

    /// <summary>A team.</summary>
    public static Principal Team(string id) => new(TeamType, id);

    /// <summary>A service, such as the holder of an API key.</summary>
    public static Principal Service(string id) => new("service", id);

    /// <summary>Reads <c>TYPE:ID</c>, parted at the first colon; a bare id is a user. What is no id is refused when it is used.</summary>
    public static Principal Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? User(text) : new Principal(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>As <see cref="Parse"/>.</summary>
    public static implicit operator Principal(string text) => Parse(text);

    /// <summary><c>TYPE:ID</c>.</summary>
    public override string ToString() => $"{Type}:{Id}";
}
