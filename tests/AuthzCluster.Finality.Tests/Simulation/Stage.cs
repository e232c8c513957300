using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>A cluster on which what happens is written out.</summary>
internal sealed class Stage
{
    private static readonly ActorKey Key = Simulation.Run.Key("ann");

    private readonly World _world = new(0, isTraced: true);
    private readonly Script _script;
    private readonly Cluster _cluster;
    private readonly Dictionary<int, int> _copies = [];
    private int _write;

    private Stage(Parts parts, double[] rates)
    {
        _script = new Script(_world);
        _cluster = new Cluster(_world, _script, parts, rates);
    }

    /// <summary>Plays it, all machines being up and nothing known yet; what was wrong, null: nothing.</summary>
    public static string? Play(Parts parts, double[] rates, Action<Stage> play) => OneThread.Run(() =>
    {
        var stage = new Stage(parts, rates);
        try
        {
            play(stage);
            return stage._cluster.Checker.Violation is { } violation ? $"{violation}\n{stage._world.Trace}" : null;
        }
        finally
        {
            stage._cluster.End();
        }
    });

    public int Answered => (int)_world.Counts.Answered;

    public int Refused => (int)_world.Counts.Refused;

    public Held Hold(string machine, string name, bool isBack = false) => _script.Hold(machine, name, isBack);

    /// <summary>Lets time pass until so many seconds after the start.</summary>
    public void Until(double seconds) => _world.Run(TimeSpan.FromTicks(TimeSpan.TicksPerHour + (long)(seconds * TimeSpan.TicksPerSecond) - _world.Now));

    /// <summary>Lets everything happen that is to happen now.</summary>
    public void Now() => _world.Run(TimeSpan.Zero);

    /// <summary>A write begins at a machine, under the id of an earlier one where that is given; it is acknowledged as soon as its latest copy is answered.</summary>
    public int Write(string machine, bool isGranted, int? again = null)
    {
        var write = again ?? ++_write;
        var copy = _copies[write] = _copies.GetValueOrDefault(write) + 1;
        var request = RequestKey.Own(new TenantId("acme"), $"{write}");
        var caller = new Caller(new SubjectId("user", "admin"), $"{write}") { Request = again is null ? request : request.Again() };
        _cluster.Checker.Sent(Key);
        _world.After(TimeSpan.Zero, Process(machine), async () =>
        {
            var reply = await Process(machine).WriteAsync(Key, write, isGranted, caller);
            _world.Tell($"write {write} at {machine}: {(reply.IsOk ? reply.Value : reply.Error)}");
            if (reply.IsOk && copy == _copies[write])
            {
                _cluster.Checker.Acknowledged(Key, write, isGranted, reply.Value);
            }
        });
        Now();
        return write;
    }

    /// <summary>A machine is asked.</summary>
    public void Ask(string machine)
    {
        _world.After(TimeSpan.Zero, Process(machine), () => _ = Process(machine).EvaluateAsync(Key));
        Now();
    }

    private SimProcess Process(string machine) => _cluster.Machines.First(known => known.Name == machine).Process!;
}
