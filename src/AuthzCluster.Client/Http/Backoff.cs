namespace AuthzCluster.Client.Http;

/// <summary>How long to wait before a repeat.</summary>
internal static class Backoff
{
    private const double MostTimes = 20;

    /// <summary>
    /// A random part of a span that doubles with each repeat, so that clients who failed together do not come back
    /// together; after what the server asks for, if it does.
    /// </summary>
    /// <param name="first">The span before the first repeat.</param>
    /// <param name="repeat">Which one, from 0.</param>
    /// <param name="retryAfter">What the server asks for.</param>
    /// <param name="chance">0 to 1.</param>
    public static TimeSpan Wait(TimeSpan first, int repeat, TimeSpan? retryAfter, double chance)
    {
        var span = first * Math.Min(Math.Pow(2, repeat), MostTimes);
        return (retryAfter ?? TimeSpan.Zero) + (span * chance);
    }
}
