namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>What an outside engine is asked, beside the request itself.</summary>
/// <param name="Path">The document asked for: segments with slashes between them. Empty: none was set, which is an error.</param>
/// <param name="Url">The engine's address, as <see cref="OutsideAddress"/> writes it; null: the tenant's, or the operator's first.</param>
public sealed record OutsideQuestion(string Path, string? Url)
{
    /// <summary>What was decided here, of which the engine is asked for the final word; null: it is asked for one condition.</summary>
    public OutsideLocal? Local { get; init; }
}
