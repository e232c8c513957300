using System.Collections.Concurrent;
using Orleans.Concurrency;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>A grain that reads and writes, each as slowly as the test wants; its key names its <see cref="ProbeLog"/>.</summary>
public interface IProbeGrain : IGrainWithStringKey
{
    Task WriteAsync(string name);

    Task ReadAsync(string name);
}

/// <summary>The same, with the attribute that subjects' grains have.</summary>
public interface IInterleavingProbeGrain : IGrainWithStringKey
{
    Task WriteAsync(string name);

    [AlwaysInterleave]
    Task ReadAsync(string name);
}

[GrainType("probe-plain")]
internal sealed class ProbeGrain : Grain, IProbeGrain
{
    public Task WriteAsync(string name) => ProbeLog.Of(this).DoAsync(name);

    public Task ReadAsync(string name) => ProbeLog.Of(this).DoAsync(name);
}

[GrainType("probe-interleaving")]
internal sealed class InterleavingProbeGrain : Grain, IInterleavingProbeGrain
{
    public Task WriteAsync(string name) => ProbeLog.Of(this).DoAsync(name);

    public Task ReadAsync(string name) => ProbeLog.Of(this).DoAsync(name);
}

/// <summary>What happens in a probe grain, and what it waits for.</summary>
internal sealed class ProbeLog
{
    private static readonly ConcurrentDictionary<string, ProbeLog> All = new();
    private readonly ConcurrentDictionary<string, (TaskCompletionSource Began, TaskCompletionSource MayEnd)> _steps = new();

    public ConcurrentQueue<string> Events { get; } = new();

    public static ProbeLog Of(string key) => All.GetOrAdd(key, _ => new());

    public static ProbeLog Of(Grain grain) => Of(grain.GetPrimaryKeyString());

    public Task BeganAsync(string name) => Step(name).Began.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Release(string name) => Step(name).MayEnd.TrySetResult();

    public async Task DoAsync(string name)
    {
        Events.Enqueue($"{name} begins");
        Step(name).Began.TrySetResult();
        await Step(name).MayEnd.Task;
        Events.Enqueue($"{name} ends");
    }

    private (TaskCompletionSource Began, TaskCompletionSource MayEnd) Step(string name) => _steps.GetOrAdd(name, _ => (
        new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)));
}
