using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Every few seconds, in some runs more often than in others, one thing more goes wrong, for as long as it takes for others to notice, or less.</summary>
internal sealed class RandomFaults(Cluster cluster, ActorKey key)
{
    private readonly World _world = cluster.World;
    private readonly Random _random = cluster.World.Random;

    private readonly int _pace = cluster.World.Random.Next(4, 30);

    public void Start() => _world.After(Soon(_pace), null, Next);

    private void Next()
    {
        Strike(cluster.Machines[_random.Next(cluster.Machines.Count)]);
        Start();
    }

    private void Strike(Machine machine)
    {
        var until = _world.Now + Soon(12).Ticks;
        switch (_random.Next(6))
        {
            case 0:
                _world.Tell($"{machine} stands still for {Seconds(until)} s");
                machine.PausedUntil = until;
                break;
            case 1:
                _world.Tell($"{machine} does not reach the database for {Seconds(until)} s");
                machine.CutUntil = until;
                break;
            case 2 or 3:
                var other = cluster.Machines[_random.Next(cluster.Machines.Count)];
                _world.Tell($"{machine} and {other} do not reach each other for {Seconds(until)} s");
                machine.LinksCutUntil[other] = until;
                break;
            case 4:
                machine.Process?.LetGo(key);
                break;
            default:
                End(machine);
                break;
        }
    }

    private void End(Machine machine)
    {
        if (machine.Process is not { IsServing: true } process)
        {
            return;
        }
        if (_random.Next(2) == 0)
        {
            process.Kill();
        }
        else
        {
            _world.After(TimeSpan.Zero, process, () => _ = process.StopAsync());
        }
        // What is left of one that stands still is killed when its machine is to be used again.
        _world.After(Soon(8), null, () =>
        {
            if (machine.Process is { IsAlive: true } old)
            {
                old.Kill();
            }
            machine.PausedUntil = 0;
            cluster.Start(machine);
        });
    }

    private double Seconds(long until) => TimeSpan.FromTicks(until - _world.Now).TotalSeconds;

    private TimeSpan Soon(int seconds) => TimeSpan.FromMilliseconds(10 * _random.Next(1, seconds * 100));
}
