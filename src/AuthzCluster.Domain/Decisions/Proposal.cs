using System.Collections.Immutable;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Changes that together might make a denial an allow, and the state with them made.</summary>
/// <param name="State">The state.</param>
/// <param name="Changes">The changes, in the order in which they are told.</param>
internal sealed record Proposal(WhatIf State, ImmutableArray<Change> Changes)
{
    /// <summary>The fewer changes the smaller; of as many, the fewer of the highest rank.</summary>
    public (int Count, int Grants, int Permissions, int Denials, int Policies) Size => (Changes.Length, Of(4), Of(3), Of(2), Of(1));

    /// <summary>With more changes.</summary>
    public Proposal With(IEnumerable<Change> changes)
    {
        ImmutableArray<Change> more = [.. changes];
        return new(more.Aggregate(State, (state, change) => change.Apply(state)), Changes.AddRange(more));
    }

    /// <summary>With one more change.</summary>
    public Proposal With(Change change) => new(change.Apply(State), Changes.Add(change));

    private int Of(int rank) => Changes.Count(change => change.Rank == rank);
}
