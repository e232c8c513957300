using AuthzCluster.Actors.Doors;
using AuthzCluster.Client.Orleans.Connecting;
using AuthzCluster.Grains.Abstractions.Calls;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>The cluster's ports, and who calls them.</summary>
internal sealed class GrainConnection : IDisposable
{
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    private readonly AuthzClusterGrainOptions _options;
    private readonly ITimer _keyUses;

    /// <param name="link">The way to the grains.</param>
    /// <param name="options">Already checked.</param>
    /// <param name="clock">What is now for questions, and for the ends of keys.</param>
    public GrainConnection(IClusterLink link, AuthzClusterGrainOptions options, TimeProvider clock)
    {
        (_options, Link, Clock) = (options, link, clock);
        var calls = new ClusterCallOptions
        {
            ReadDeadline = options.Timeout,
            WriteDeadline = options.Timeout,
            LongDeadline = options.Timeout,
            Clock = options.DeadlineClock,
        };
        Ports = new ClusterPorts(() => link.Grains, calls, Ids, clock);
        Rules = new DoorRules(Ports.CallerRights);
        Refusals = new RefusedAttempts(Ports.AuditTrail, clock);
        Bearer = new Bearer(Ports.ApiKeys, options, clock);
        _keyUses = clock.CreateTimer(_ => _ = Ports.KeyUses.WriteAsync(), null, UseInterval, UseInterval);
    }

    public IClusterLink Link { get; }

    public TimeProvider Clock { get; }

    public ClusterPorts Ports { get; }

    public DoorRules Rules { get; }

    public RefusedAttempts Refusals { get; }

    public Bearer Bearer { get; }

    public RandomIds Ids { get; } = new();

    public Deadline NewDeadline(CancellationToken caller) => new(_options.Timeout, _options.DeadlineClock, caller);

    public void Dispose() => _keyUses.Dispose();
}
