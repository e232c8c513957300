namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Machines, one database, and who looks whether what is answered is final.</summary>
internal sealed class Cluster
{
    private readonly Dictionary<string, SimProcess> _processes = [];

    public Cluster(World world, ILinks links, Parts parts, IReadOnlyList<double> rates)
    {
        (World, Parts, Wire, Checker) = (world, parts, new Wire(world, links), new Checker(world, Database));
        Machines = [.. rates.Select((rate, at) => new Machine(((char)('A' + at)).ToString(), rate))];
        foreach (var machine in Machines)
        {
            Start(machine);
        }
    }

    public World World { get; }

    public Parts Parts { get; }

    public Wire Wire { get; }

    public Database Database { get; } = new();

    public Checker Checker { get; }

    public IReadOnlyList<Machine> Machines { get; }

    public SimProcess Find(string node) => _processes[node];

    public void Start(Machine machine)
    {
        var process = new SimProcess(this, machine);
        _processes[process.Name] = process;
        machine.Process = process;
        World.After(TimeSpan.Zero, process, () => _ = process.StartAsync());
    }

    /// <summary>Ends all processes, so that nothing of the run stays.</summary>
    public void End()
    {
        foreach (var process in _processes.Values.Where(process => process.IsAlive))
        {
            process.Kill();
        }
    }
}
