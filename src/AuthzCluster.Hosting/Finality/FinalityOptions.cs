namespace AuthzCluster.Hosting.Finality;

/// <summary>
/// The times by which a node may answer from memory, and by which others wait for it; of the monotonic clock, whole milliseconds. Nodes of a cluster have
/// the same ones, save while they are being changed: the table of leases tells each one's <see cref="Duration"/>, and the longest is waited for.
/// </summary>
public sealed record FinalityOptions
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10), Most = TimeSpan.FromMinutes(1);

    /// <summary>How long a lease counts after the read of its row was sent; 10 ms to 1 minute. Default: 5 seconds.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>By how much a fenced node's clock may lag behind ours within a lease; less than <see cref="Duration"/>. Default: 1 second.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the lease is renewed; less than half of <see cref="Duration"/>. Default: 1 second.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a node may take to confirm what it was told, before it is fenced; 10 ms to 1 minute. Default: 1 second.</summary>
    public TimeSpan Confirmation { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Refuses values that do not go together; the message names the option.</summary>
    /// <returns>The same.</returns>
    /// <exception cref="StartRefusedException">One is out of its bounds.</exception>
    public FinalityOptions Checked()
    {
        InBounds("--lease-duration", Duration);
        InBounds("--lease-margin", Margin);
        InBounds("--lease-renewal", Renewal);
        InBounds("--announce-timeout", Confirmation);
        return Margin >= Duration ? throw new StartRefusedException($"--lease-margin ({Margin}) must be less than --lease-duration ({Duration})")
            : Renewal * 2 >= Duration ? throw new StartRefusedException($"--lease-renewal ({Renewal}) must be less than half of --lease-duration ({Duration})")
            : this;
    }

    private static void InBounds(string flag, TimeSpan value)
    {
        if (value < Least || value > Most || value.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new StartRefusedException($"{flag} must be whole milliseconds, from {Least.TotalMilliseconds} ms to {Most.TotalSeconds} s, not {value}");
        }
    }
}
