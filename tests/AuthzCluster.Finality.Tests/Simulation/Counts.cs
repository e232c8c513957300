namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>What a run met, so that one in which nothing happens does not pass.</summary>
internal sealed class Counts
{
    public long Steps, Acknowledged, NoOps, AfterFence, Answered, Refused, Lapses, DroppedLoads, FencesIssued, FencesSuffered, LateCopies, LostRaces;

    public void Add(Counts other)
    {
        Steps += other.Steps;
        Acknowledged += other.Acknowledged;
        NoOps += other.NoOps;
        AfterFence += other.AfterFence;
        Answered += other.Answered;
        Refused += other.Refused;
        Lapses += other.Lapses;
        DroppedLoads += other.DroppedLoads;
        FencesIssued += other.FencesIssued;
        FencesSuffered += other.FencesSuffered;
        LateCopies += other.LateCopies;
        LostRaces += other.LostRaces;
    }

    public override string ToString() =>
        $"{Steps} steps, {Acknowledged} writes acknowledged ({NoOps} no-ops, {AfterFence} behind a fence, {LateCopies} late copies, {LostRaces} lost races), "
        + $"{Answered} evaluations answered, {Refused} refused, {Lapses} lapses, {DroppedLoads} loads below the floor, {FencesIssued} fences, {FencesSuffered} suffered";
}
