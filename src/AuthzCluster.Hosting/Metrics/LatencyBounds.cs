namespace AuthzCluster.Hosting.Metrics;

/// <summary>The upper bounds of all histograms' buckets, in seconds, ascending; one more bucket is without.</summary>
public static class LatencyBounds
{
    /// <summary>The bounds.</summary>
    public static IReadOnlyList<double> Seconds { get; } = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>The place of the bucket of a value.</summary>
    public static int BucketOf(double value)
    {
        var bucket = 0;
        while (bucket < Seconds.Count && value > Seconds[bucket])
        {
            bucket++;
        }
        return bucket;
    }
}
