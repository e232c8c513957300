using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Testing;

namespace AuthzCluster.Gateway.Tests.Starting;

/// <summary>A client whose start hangs does not keep the gateway from the cluster.</summary>
public class PatientStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task RunAsync_OneHangs_IsReplacedInTime()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var started = new List<int>();

        var running = PatientStart.RunAsync(StartAsync, 1, one => one + 1, Patience, time, CancellationToken.None);
        time.Advance(Patience - TimeSpan.FromTicks(1));
        Assert.Equal([1], started);
        time.Advance(TimeSpan.FromTicks(1));
        await running;

        Assert.Equal([1, 2], started);

        Task StartAsync(int one)
        {
            started.Add(one);
            return one == 1 ? new TaskCompletionSource().Task : Task.CompletedTask;
        }
    }

    [Fact]
    public async Task RunAsync_StoppedMeanwhile_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var running = PatientStart.RunAsync(_ => new TaskCompletionSource().Task, 1, one => one + 1, Patience, new ManualTimeProvider(DateTimeOffset.UnixEpoch), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_StartFails_IsTold() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => PatientStart.RunAsync(_ => Task.FromException(new InvalidOperationException()), 1, one => one + 1, Patience, new ManualTimeProvider(DateTimeOffset.UnixEpoch), CancellationToken.None));
}
