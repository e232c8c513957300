namespace AuthzCluster.Client.Http;

/// <summary>A step of an explanation.</summary>
internal sealed record StepWire(
    string? Assignment, string? Role, string? Team, string? Outcome, IReadOnlyList<string>? Path, string? Permission, string? Detail)
{
    public DecisionStep Read() => new()
    {
        Outcome = Outcome ?? "",
        Assignment = Assignment,
        Role = Role,
        Team = Team,
        Path = Path ?? [],
        Permission = Permission,
        Detail = Detail,
    };
}
