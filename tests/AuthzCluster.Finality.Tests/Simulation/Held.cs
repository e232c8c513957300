namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Calls that do not arrive until they are let go.</summary>
internal sealed class Held(World world, string machine, string name, bool isBack)
{
    private readonly List<(SimProcess? At, Action Arrive)> _calls = [];
    private bool _isLetGo;

    public bool IsOf(Call call, bool back) => !_isLetGo && back == isBack && call.From.Machine.Name == machine && call.Name == name;

    public void Add(SimProcess? at, Action arrive) => _calls.Add((at, arrive));

    /// <summary>They arrive now, and none is held any more.</summary>
    public void LetGo()
    {
        _isLetGo = true;
        foreach (var (at, arrive) in _calls)
        {
            world.After(TimeSpan.Zero, at, arrive);
        }
        _calls.Clear();
    }
}
