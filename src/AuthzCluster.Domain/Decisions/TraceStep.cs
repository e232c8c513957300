using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>One assignment of the subject, and what became of it. Steps stand in the order in which they were weighed.</summary>
public sealed record TraceStep
{
    /// <summary>The assignment's id.</summary>
    public required string Assignment { get; init; }

    /// <summary>The assigned role's name, or its id where it is no more.</summary>
    public required string Role { get; init; }

    /// <summary>The team through which the subject has it; null: the subject's own.</summary>
    public string? Team { get; init; }

    /// <summary>What became of it.</summary>
    public required TraceOutcome Outcome { get; init; }

    /// <summary>Names of the roles from the assigned one to the one that has <see cref="Permission"/> itself.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>The granted permission that covers the question; null where none does.</summary>
    public Permission? Permission { get; init; }

    /// <summary>The scope key that differs, the instant, or the condition and its error; null where there is nothing to add.</summary>
    public string? Detail { get; init; }
}
