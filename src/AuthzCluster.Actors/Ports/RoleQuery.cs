namespace AuthzCluster.Actors.Ports;

/// <summary>Which roles to list, in ordinal order of their names.</summary>
/// <param name="After">The name after which to start; null: the beginning.</param>
/// <param name="Limit">1 to 1000.</param>
public sealed record RoleQuery(string? After, int Limit)
{
    /// <summary>Whether built-in roles are listed too.</summary>
    public bool IncludeBuiltIn { get; init; } = true;

    /// <summary>Only roles with this in their name, display name or description, whatever the case.</summary>
    public string? Text { get; init; }
}
