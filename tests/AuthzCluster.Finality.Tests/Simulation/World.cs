namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>
/// What happens, one thing after another on one thread, in an order that a seed decides. Whatever runs in a process that stands still waits until it goes
/// on; what runs in one that is gone never happens. Time moves only between two things.
/// </summary>
internal sealed class World(int seed, bool isTraced = false)
{
    private readonly PriorityQueue<Step, (long At, int Tie, int Number)> _steps = new();
    private readonly List<string> _trace = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _number;
    private volatile bool _stray;

    public Random Random { get; } = new(seed);

    /// <summary>The true time, in ticks; clocks of machines may run at another rate.</summary>
    public long Now { get; private set; } = TimeSpan.TicksPerHour;

    public bool IsTraced => isTraced;

    public Counts Counts { get; } = new();

    /// <summary>The latest things that happened, where the run is traced.</summary>
    public string Trace => string.Join('\n', _trace.TakeLast(400));

    public void Tell(string what)
    {
        if (isTraced)
        {
            _trace.Add($"{TimeSpan.FromTicks(Now - TimeSpan.TicksPerHour).TotalSeconds,9:F3} {what}");
        }
    }

    /// <summary>Runs something later; in <paramref name="process"/>, or by itself where that is null.</summary>
    public void After(TimeSpan delay, SimProcess? process, Action run)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _stray = true;
        }
        _steps.Enqueue(new Step(process, run), (Now + delay.Ticks, Random.Next(), _number++));
    }

    public void Run(TimeSpan time)
    {
        var end = Now + time.Ticks;
        while (_steps.TryPeek(out var step, out var order) && order.At <= end)
        {
            _steps.Dequeue();
            Now = Math.Max(Now, order.At);
            if (step.Process is { IsAlive: false })
            {
                continue;
            }
            if (step.Process is { } process && process.Machine.PausedUntil > Now)
            {
                _steps.Enqueue(step, (process.Machine.PausedUntil, Random.Next(), _number++));
                continue;
            }
            Counts.Steps++;
            step.Run();
        }
        if (_stray)
        {
            throw new InvalidOperationException("something went on elsewhere than on the simulation's thread, so that the run cannot be had again");
        }
        Now = end;
    }

    private sealed record Step(SimProcess? Process, Action Run);
}
