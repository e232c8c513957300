namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>A call on its way: to the database, or to another process.</summary>
/// <param name="From">Who waits for the answer.</param>
/// <param name="To">The process that is called; null: the database, which is always there.</param>
/// <param name="Name">What for.</param>
internal sealed record Call(SimProcess From, SimProcess? To, string Name)
{
    public override string ToString() => $"{Name} of {From}{(To is null ? "" : $" to {To}")}";
}
