namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>One of the ways into a cluster.</summary>
/// <param name="name">Where to.</param>
internal abstract class Way(string name)
{
    // What hangs must not take all askers with it.
    private const int MostAtOnce = 48;

    private int _underWay;

    public string Name => name;

    /// <summary>Whether it is a gateway's.</summary>
    public abstract bool IsGateway { get; }

    /// <summary>Takes a place among those who ask here; false: there are too many already.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= MostAtOnce)
        {
            return true;
        }
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _underWay);

    /// <summary>Whether it is allowed; null: refused for the moment, or nobody answered.</summary>
    /// <exception cref="OddAnswerException">Neither a decision nor a refusal.</exception>
    public abstract Task<bool?> AskAsync(Fact fact, string subject);

    /// <summary>What came of a write; null: nothing definite, or it lost a race, which is for its caller to repeat.</summary>
    /// <exception cref="OddAnswerException">An answer that may not be.</exception>
    public abstract Task<WriteResult?> WriteAsync(Fact fact, bool isSo, string key);
}

/// <summary>A definite answer to a write.</summary>
internal enum WriteResult
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    NotThere,
}

/// <summary>An answer that nobody should get.</summary>
internal sealed class OddAnswerException(string text) : Exception(text);
