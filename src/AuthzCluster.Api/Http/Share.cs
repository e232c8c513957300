namespace AuthzCluster.Api.Http;

/// <summary>How many places the bearer of a credential has.</summary>
internal sealed class Share
{
    private int _taken;

    /// <summary>Takes one, unless there are <paramref name="most"/> already.</summary>
    public bool TryTake(int most)
    {
        if (Interlocked.Increment(ref _taken) <= most)
        {
            return true;
        }
        Give();
        return false;
    }

    /// <summary>Gives one back.</summary>
    public void Give() => Interlocked.Decrement(ref _taken);
}
