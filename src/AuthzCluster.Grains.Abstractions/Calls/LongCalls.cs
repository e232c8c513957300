namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Calls of this process that may take minutes: imports and the like, whose messages are up to hundreds of megabytes. While there are any, a silo that is late to
/// answer is no silent one: the question stands behind the message on its connection, and ending that would lose the call.
/// </summary>
internal static class LongCalls
{
    private static int _count;

    /// <summary>Whether there are any.</summary>
    public static bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>One begins.</summary>
    public static void Begin() => Interlocked.Increment(ref _count);

    /// <summary>One has ended.</summary>
    public static void End() => Interlocked.Decrement(ref _count);
}
