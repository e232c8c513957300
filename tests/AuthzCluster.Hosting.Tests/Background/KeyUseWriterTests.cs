using System.Reflection;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Testing;

namespace AuthzCluster.Hosting.Tests.Background;

/// <summary>A process that is asked to stop waits for no call that is lost.</summary>
public class KeyUseWriterTests
{
    [Fact]
    public async Task Stop_WhileACallIsLost_EndsAtOnce()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var lost = DispatchProxy.Create<IActorDirectory, LostCalls>();
        var uses = new KeyUses(lost, time);
        uses.Note(new ApiKeyId("key"));
        using var stop = new CancellationTokenSource();
        var running = new KeyUseWriter(uses, time).RunAsync(stop.Token);

        time.Advance(TimeSpan.FromMinutes(1));
        await ((LostCalls)lost).Called.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    /// <summary>Actors none of whose calls is ever answered.</summary>
    public class LostCalls : DispatchProxy
    {
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Called => _called.Task;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.ReturnType == typeof(IApiKeyActor))
            {
                var actor = Create<IApiKeyActor, LostCalls>();
                ((LostCalls)(object)actor)._called.Task.ContinueWith(_ => _called.TrySetResult(), TaskScheduler.Default);
                return actor;
            }
            _called.TrySetResult();
            return new TaskCompletionSource<Result<bool>>().Task;
        }
    }
}
