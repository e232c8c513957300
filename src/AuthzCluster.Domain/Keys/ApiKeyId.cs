using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Domain.Keys;

/// <summary>Names an API key, in the whole installation; never used a second time. It is no secret.</summary>
/// <param name="Value">The text.</param>
public readonly record struct ApiKeyId(string Value)
{
    /// <summary>The key that the installation begins with: the one whose file is in the data directory.</summary>
    public static readonly ApiKeyId Admin = new("admin");

    /// <summary>Whom the key speaks for: <c>service:ID</c>.</summary>
    public SubjectId Subject => new("service", Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
