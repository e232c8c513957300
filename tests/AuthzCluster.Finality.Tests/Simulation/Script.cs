namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Everything arrives at once, save what is held.</summary>
internal sealed class Script(World world) : ILinks
{
    private readonly List<Held> _held = [];

    /// <summary>From here on such calls of a machine are held, on their way there or back.</summary>
    public Held Hold(string machine, string name, bool isBack = false)
    {
        var held = new Held(world, machine, name, isBack);
        _held.Add(held);
        return held;
    }

    public void There(Call call, Action arrive) => Deliver(call, call.To, arrive, isBack: false);

    public void Back(Call call, Action arrive) => Deliver(call, call.From, arrive, isBack: true);

    public TimeSpan Patience(Call call) => TimeSpan.FromMinutes(1);

    private void Deliver(Call call, SimProcess? at, Action arrive, bool isBack)
    {
        if (_held.Find(held => held.IsOf(call, isBack)) is { } held)
        {
            held.Add(at, arrive);
        }
        else
        {
            world.After(TimeSpan.Zero, at, arrive);
        }
    }
}
