using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthzCluster.Grains.Tests.Calls;

/// <summary>Which silos a client may call, by what they answered.</summary>
public sealed class SiloWatchTests
{
    private static readonly Uri One = new("gwy.tcp://127.0.0.1:1/0"), Other = new("gwy.tcp://127.0.0.1:2/0");

    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly HashSet<Uri> _silent = [];
    private readonly List<Uri> _asked = [];
    private readonly SiloWatch _watch;
    private TimeSpan _standsStill;

    public SiloWatchTests() => _watch = new SiloWatch(AskAsync, _time, NullLogger<SiloWatch>.Instance);

    [Fact]
    public async Task Silo_ThatFallsSilent_IsLeftAloneForAWhile()
    {
        await LookAsync();
        Assert.Equal([One, Other], Callable());

        _silent.Add(One);
        await LookAsync();
        Assert.Equal([Other], Callable());
        _asked.Clear();
        await LookAsync();
        Assert.Equal([Other], _asked);

        // Then it may be connected to again, which is for it to answer.
        _time.Advance(SiloWatch.Rest);
        await LookAsync();
        Assert.Equal([One, Other], Callable());
    }

    [Fact]
    public async Task Silo_ThatAnswersAgain_IsCalledAndAskedAsBefore()
    {
        await LookAsync();
        _silent.Add(One);
        await LookAsync();
        _silent.Clear();
        _time.Advance(SiloWatch.Rest);
        await LookAsync();
        Assert.Equal([One, Other], Callable());
        _silent.Add(One);
        await LookAsync();
        Assert.Equal([Other], Callable());
    }

    [Fact]
    public async Task Silo_ThatNeverAnswered_StaysForTheClientToConnectTo()
    {
        _silent.Add(One);
        await LookAsync();
        Assert.Equal([One, Other], Callable());
    }

    [Fact]
    public async Task Silos_AllSilent_AreAllCalled()
    {
        await LookAsync();
        _silent.UnionWith([One, Other]);
        await LookAsync();
        Assert.Equal([One, Other], Callable());
    }

    [Fact]
    public async Task Watch_ThatStoodStillItself_BlamesNobody()
    {
        await LookAsync();
        _silent.Add(One);
        _standsStill = SiloWatch.Patience;
        await LookAsync();
        Assert.Equal([One, Other], Callable());
    }

    [Fact]
    public async Task Silo_ThatRefusesTheConnection_IsSilentAtOnce()
    {
        var refuses = false;
        var watch = new SiloWatch(silo => refuses && silo == One ? throw new TimeoutException() : Task.CompletedTask, _time, NullLogger<SiloWatch>.Instance);
        watch.Callable([One, Other]);
        await watch.LookAsync();
        refuses = true;
        await watch.LookAsync();
        Assert.Equal([Other], watch.Callable([One, Other]));
    }

    private IList<Uri> Callable() => _watch.Callable([One, Other]);

    // All that is asked is asked before the first wait.
    private async Task LookAsync()
    {
        Callable();
        var look = _watch.LookAsync();
        _time.Advance(SiloWatch.Patience);
        await look;
    }

    private Task AskAsync(Uri silo)
    {
        _asked.Add(silo);
        _time.Advance(_standsStill);
        return _silent.Contains(silo) ? new TaskCompletionSource().Task : Task.CompletedTask;
    }
}
