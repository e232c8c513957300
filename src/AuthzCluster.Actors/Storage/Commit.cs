namespace AuthzCluster.Actors.Storage;

/// <summary>One change of one actor: its state, index rows and outbox rows, in one transaction.</summary>
/// <param name="Key">The actor.</param>
/// <param name="ExpectedVersion">The version it read; 0: nothing is stored. The new version is one more.</param>
/// <param name="State">The new state; null: nothing is stored any more.</param>
public sealed record Commit(ActorKey Key, long ExpectedVersion, byte[]? State)
{
    /// <summary>Index rows to add, or whose instant to set.</summary>
    public IReadOnlyList<IndexRow> Adds { get; init; } = [];

    /// <summary>Index rows to remove; one that is not there is no error.</summary>
    public IReadOnlyList<IndexRow> Removes { get; init; } = [];

    /// <summary>Index rows of others that must be there.</summary>
    public IReadOnlyList<IndexRow> Requires { get; init; } = [];

    /// <summary>
    /// Keys of indexes that must have no row whose instant is null or later than the one given; members are of no
    /// account. Judged together with all else of the commit, so that no other commit can come in between.
    /// </summary>
    public IReadOnlyList<IndexRow> Vacant { get; init; } = [];

    /// <summary>What must not be lost: audit records to be.</summary>
    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];

    /// <summary>
    /// The request that this does; kept with it. Is one kept under its id already, then all this was done before, and
    /// nothing is changed. Null: nobody will repeat it.
    /// </summary>
    public RequestMark? Request { get; init; }
}
