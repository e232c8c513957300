using Orleans.Configuration;

namespace AuthzCluster.Grains.Abstractions;

/// <summary>What a message between processes of a cluster may be. Both ends need the same: a larger one ends the connection.</summary>
public static class WireLimits
{
    // An import is 64 MiB at the door; written out in full, the shortest of rows become ten times as long.
    private const int LargestMessage = 1 << 30;

    // Who calls has a deadline of its own. This ends only what nobody waits for any more.
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);

    /// <summary>Sets it, for a silo or a client.</summary>
    public static void Apply(MessagingOptions messages) =>
        (messages.MaxMessageBodySize, messages.ResponseTimeout) = (LargestMessage, LongestCall);
}
