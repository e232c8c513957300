using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Testing.Cases;

/// <summary>One question of a case, and the answer it must get.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Subject">Who is asked about.</param>
/// <param name="Permission">The text as written; it may be malformed on purpose.</param>
/// <param name="At">The instant asked about.</param>
/// <param name="Expect">The answer.</param>
public sealed record CaseCheck(int Line, SubjectId Subject, string Permission, DateTimeOffset At, Expectation Expect)
{
    /// <summary>The resource's type; null: not given.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The resource's id; null: not given.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The resource's properties.</summary>
    public AttributeBag ResourceProperties { get; init; } = AttributeBag.Empty;

    /// <summary>The subject's properties.</summary>
    public AttributeBag SubjectProperties { get; init; } = AttributeBag.Empty;

    /// <summary>The action's properties.</summary>
    public AttributeBag ActionProperties { get; init; } = AttributeBag.Empty;

    /// <summary>The context.</summary>
    public AttributeBag Context { get; init; } = AttributeBag.Empty;
}
