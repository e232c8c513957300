namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Most of what is sent arrives soon, some late, some never; and nothing over what is cut, save what waited for its end.</summary>
internal sealed class RandomLinks(World world) : ILinks
{
    public void There(Call call, Action arrive) => Deliver(call, call.To, arrive);

    public void Back(Call call, Action arrive) => Deliver(call, call.From, arrive);

    // The table of leases is asked in vain for a few seconds, storage sometimes for longer.
    public TimeSpan Patience(Call call) => TimeSpan.FromMilliseconds(1000 + world.Random.Next(call.Name is "read" or "commit" && world.Random.Next(4) == 0 ? 20000 : 2000));

    private void Deliver(Call call, SimProcess? at, Action arrive)
    {
        var random = world.Random;
        var delay = random.Next(100) switch
        {
            < 70 => random.Next(3) * 10,
            < 95 => random.Next(30) * 10,
            < 97 => random.Next(300) * 10,
            < 99 => random.Next(1200) * 10,
            _ => -1,
        };
        var cut = call.To is { } to
            ? Math.Max(call.From.Machine.LinksCutUntil.GetValueOrDefault(to.Machine), to.Machine.LinksCutUntil.GetValueOrDefault(call.From.Machine))
            : call.From.Machine.CutUntil;
        if (delay < 0 || (cut > world.Now && random.Next(4) > 0))
        {
            world.Tell($"lost: {call}");
            return;
        }
        world.After(TimeSpan.FromMilliseconds(delay) + TimeSpan.FromTicks(Math.Max(0, cut - world.Now)), at, arrive);
    }
}
