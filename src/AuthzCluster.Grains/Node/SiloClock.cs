namespace AuthzCluster.Grains.Node;

/// <summary>The clock of the actors, apart from that of Orleans: a test moves it without moving time-outs.</summary>
/// <param name="Time">The clock.</param>
public sealed record SiloClock(TimeProvider Time);
