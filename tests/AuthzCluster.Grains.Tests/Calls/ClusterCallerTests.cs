using System.Reflection;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Hosting;
using AuthzCluster.Testing;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Tests.Calls;

/// <summary>Calls that are repeated while the one before is under way.</summary>
public sealed class ClusterCallerTests
{
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly List<TaskCompletionSource<Result<int>>> _calls = [];
    private readonly TellingClock _clock;

    public ClusterCallerTests() => _clock = new TellingClock(_time);

    [Fact]
    public async Task Repeat_FirstAnswersLate_ItsAnswerCounts()
    {
        var running = await RepeatedAsync();

        _calls[0].SetResult(1);

        Assert.Equal(1, (await running.WaitAsync(TimeSpan.FromSeconds(60))).Value);
    }

    [Fact]
    public async Task Repeat_FirstIsRefusedLate_TheRepeatsAnswerCounts()
    {
        var running = await RepeatedAsync();

        _calls[0].SetResult(new AuthzError(ErrorCode.AssignmentNotFound, "was done by the repeat"));
        _calls[1].SetResult(2);

        Assert.Equal(2, (await running.WaitAsync(TimeSpan.FromSeconds(60))).Value);
    }

    [Fact]
    public async Task Repeat_FirstFailsLate_TheRepeatIsWaitedFor()
    {
        var running = await RepeatedAsync();

        _calls[0].SetException(new TimeoutException());
        _calls[1].SetResult(2);

        Assert.Equal(2, (await running.WaitAsync(TimeSpan.FromSeconds(60))).Value);
    }

    // What the first found it does not keep, if there was nothing to change: the repeat would do it yet, behind what others were told meanwhile.
    [Fact]
    public async Task Write_FirstAnswersLate_ItsRepeatIsWaitedFor()
    {
        var running = await RepeatedWriteAsync(null);

        _calls[0].SetResult(1);

        await Assert.ThrowsAsync<TimeoutException>(() => running.WaitAsync(TimeSpan.FromMilliseconds(300)));
        _calls[1].SetResult(2);
        Assert.Equal(2, (await running.WaitAsync(TimeSpan.FromSeconds(60))).Value);
    }

    // It is kept in any case then.
    [Fact]
    public async Task Write_NamedByItsClient_FirstAnswersLate_ItsAnswerCounts()
    {
        var running = await RepeatedWriteAsync(new RequestKey(TenantId.Default, "r1", [1]) { MayBeRepeat = true });

        _calls[0].SetResult(1);

        Assert.Equal(1, (await running.WaitAsync(TimeSpan.FromSeconds(60))).Value);
    }

    [Fact]
    public async Task Long_FirstIsLost_IsRepeatedByAThirdOfTheDeadline()
    {
        var options = new ClusterCallOptions { Clock = _clock };
        var running = Caller(options).ReadAsync<IRolesGrain, int>(_ => CallAsync(), options.LongDeadline);
        await TimerAsync();
        _time.Advance(options.LongDeadline / 3);
        await TimerAsync();
        _time.Advance(TimeSpan.FromMilliseconds(30)); // the pause before the next
        await TimerAsync();

        _calls[1].SetResult(2);

        Assert.Equal(2, (await running.WaitAsync(TimeSpan.FromSeconds(60))).Value);
    }

    private Task<Task<Result<int>>> RepeatedAsync() => RepeatedAsync(caller => caller.ReadAsync<IRolesGrain, int>(_ => CallAsync()), TimeSpan.FromSeconds(1));

    private Task<Task<Result<int>>> RepeatedWriteAsync(RequestKey? request) => RepeatedAsync(
        caller => caller.WriteAsync<IRolesGrain, int>(TenantId.Default, Of(request), (_, _) => CallAsync()), TimeSpan.FromSeconds(3));

    private static Caller Of(RequestKey? request) => new(SubjectId.User("root"), "r") { Request = request };

    // A call whose first attempt was waited for as long as an attempt is, so that there is a second.
    private async Task<Task<Result<int>>> RepeatedAsync(Func<ClusterCaller, Task<Result<int>>> call, TimeSpan patience)
    {
        var running = call(Caller(new ClusterCallOptions { Clock = _clock }));
        await TimerAsync();
        _time.Advance(patience);
        await TimerAsync();
        _time.Advance(TimeSpan.FromMilliseconds(30)); // the pause before the next
        await TimerAsync();
        Assert.Equal(2, _calls.Count);
        return running;
    }

    private ClusterCaller Caller(ClusterCallOptions options)
    {
        var factory = DispatchProxy.Create<IGrainFactory, NoGrains>();
        return new ClusterCaller(() => factory, options, new OrderedIds(_clock), () => true);
    }

    private async Task TimerAsync() => Assert.True(await _clock.Timers.WaitAsync(TimeSpan.FromSeconds(60)));

    private Task<Result<int>> CallAsync()
    {
        var call = new TaskCompletionSource<Result<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(call);
        return call.Task;
    }

    /// <summary>A clock that tells when something begins to wait by it.</summary>
    private sealed class TellingClock(TimeProvider inner) : TimeProvider
    {
        public SemaphoreSlim Timers { get; } = new(0);

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = inner.CreateTimer(callback, state, dueTime, period);
            Timers.Release();
            return timer;
        }
    }

    /// <summary>There is nobody to call: the calls are this test's.</summary>
    public class NoGrains : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}
