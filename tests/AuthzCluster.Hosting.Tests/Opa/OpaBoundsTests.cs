using AuthzCluster.Domain.Policies;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Hosting.Tests.Opa;

public class OpaBoundsTests
{
    private const string Full = "too many questions wait for the policy server", Busy = "the policy server is busy: the question's turn did not come in time",
        Alone = "the policy server failed several times in a row, and is not asked for a moment", Stopping = "this server is stopping";

    [Fact]
    public async Task Ask_ManyTenantsAtOnce_FewAreUnderWayAndTheRestWait()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 3 });
        world.Stub.Hold();
        var all = Enumerable.Range(0, 30).Select(i => world.AskAsync(OpaWorld.Call(tenant: $"tenant-{i % 5}", id: $"{i}"))).ToArray();
        await world.Stub.ArrivedAsync(3);
        Assert.Equal(3, world.Stub.Asked.Count);
        world.Stub.Release();
        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(Truth.True, answer.Truth));
        Assert.Equal((30, 3), (world.Stub.Asked.Count, world.Stub.MostHere));
    }

    [Fact]
    public async Task Ask_OneTenantAsksMuch_HasAQuarterAndOthersAreAnswered()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 8 });
        world.Stub.Hold();
        var all = Enumerable.Range(0, 30).Select(i => world.AskAsync(OpaWorld.Call(id: $"{i}"))).ToArray();
        await world.Stub.ArrivedAsync(2);
        var other = world.AskAsync(OpaWorld.Call(tenant: "globex"));
        await world.Stub.ArrivedAsync();
        Assert.Equal((3, 2), (world.Stub.Asked.Count, world.Engine.TenantsHere));
        world.Stub.Release();
        Assert.Equal(Truth.True, (await other).Truth);
        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(Truth.True, answer.Truth));
        Assert.Equal((3, 0), (world.Stub.MostHere, world.Engine.TenantsHere));
    }

    [Fact]
    public async Task Ask_MoreOfATenantThanMayWait_AreRefusedAtOnceAndNoOthersAre()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 1 });
        world.Stub.Hold();
        var all = Enumerable.Range(0, 20).Select(i => world.AskAsync(OpaWorld.Call(id: $"{i}"))).ToArray();
        var other = world.AskAsync(OpaWorld.Call(tenant: "globex"));
        Assert.All(all[17..], refused => Assert.True(refused.IsCompleted));
        Assert.All(await Task.WhenAll(all[17..]), refused => Assert.Equal(Full, refused.Problem));
        world.Stub.Release();
        Assert.All(await Task.WhenAll([.. all[..17], other]), answer => Assert.Equal(Truth.True, answer.Truth));
    }

    [Fact]
    public async Task Ask_MoreOfAllThanMayWait_AreRefusedAtOnce()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 1 });
        world.Stub.Hold();
        var all = Enumerable.Range(0, 70).Select(i => world.AskAsync(OpaWorld.Call(tenant: $"tenant-{i % 10}", id: $"{i}"))).ToArray();
        Assert.Equal(Full, (await await Task.WhenAny(all)).Problem);
        world.Stub.Release();
        Assert.Equal(65, (await Task.WhenAll(all)).Count(answer => answer.Truth == Truth.True));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("globex")]
    public async Task Ask_TurnDoesNotComeInTime_IsNoFailureOfTheServer(string tenant)
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 1, Failures = 1 });
        world.Stub.Hold();
        var slow = world.AskAsync();
        await world.Stub.ArrivedAsync();
        var waiting = world.AskAsync(OpaWorld.Call(tenant: tenant, id: "2"));

        // Half of the time is the server's own.
        world.Patience.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Busy, (await InTime(waiting)).Problem);
        Assert.Equal((false, 0, null), (slow.IsCompleted, world.Engine.OpenBreakers, world.Faults.Problem));

        world.Patience.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("the policy server took too long", (await InTime(slow)).Problem);
        Assert.Equal(1, world.Engine.OpenBreakers);
        Assert.NotNull(world.Faults.Problem);
        Assert.Single(world.Stub.Asked);
    }

    [Fact]
    public async Task Ask_NobodyIsAsked_TheCountOfFailuresStays()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 1, Failures = 18 });
        world.Stub.Instead = Fail;
        await world.AskAsync();
        world.Stub.Hold();
        var all = Enumerable.Range(0, 17).Select(i => world.AskAsync(OpaWorld.Call(id: $"{i}"))).ToArray();
        Assert.Equal(Full, (await InTime(world.AskAsync(OpaWorld.Call(id: "one too many")))).Problem);
        world.Stub.Release();
        await Task.WhenAll(all);
        Assert.Equal((18, 1), (world.Stub.Asked.Count, world.Engine.OpenBreakers));
    }

    [Fact]
    public async Task Ask_TheOneThatIsTriedIsNotAsked_TheNextIsTriedAtOnce()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 1, Failures = 1 });
        world.Stub.Instead = Fail;
        await world.AskAsync();
        world.Stub.Instead = null;
        world.Time.Advance(TimeSpan.FromSeconds(2));
        world.Stub.Hold();
        await world.Stub.ArrivedAsync();
        var other = world.AskAsync(OpaWorld.Call(tenant: "globex"));
        await world.Stub.ArrivedAsync();
        var probe = world.AskAsync();
        Assert.Equal(Alone, (await InTime(world.AskAsync(OpaWorld.Call(id: "2")))).Problem);
        world.Patience.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Busy, (await InTime(probe)).Problem);

        world.Stub.Release();
        Assert.Equal(Truth.True, (await other).Truth);
        Assert.Equal(Truth.True, (await world.AskAsync()).Truth);
        Assert.Equal((3, 0), (world.Stub.Asked.Count, world.Engine.OpenBreakers));
    }

    [Fact]
    public async Task Dispose_WhileQuestionsAreHere_EndsThemAndNothingFailed()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 1, Failures = 1 });
        world.Stub.Hold();
        var asked = world.AskAsync();
        await world.Stub.ArrivedAsync();
        var waiting = world.AskAsync(OpaWorld.Call(tenant: "globex"));
        world.Engine.Dispose();
        Assert.Equal((Stopping, Stopping), ((await InTime(asked)).Problem, (await InTime(waiting)).Problem));
        Assert.Equal((0, null), (world.Engine.OpenBreakers, world.Faults.Problem));
    }

    [Fact]
    public async Task Ask_WhoFailsInARow_IsLeftAloneForAWhileAndTriedByOne()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { Failures = 3 });
        world.Stub.Instead = Fail;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Truth.Error, (await world.AskAsync()).Truth);
        }
        Assert.Equal((3, 1), (world.Stub.Asked.Count, world.Engine.OpenBreakers));
        Assert.Equal(Alone, (await world.AskAsync()).Problem);
        Assert.NotNull(world.Faults.Problem);

        // Half open: one is tried, and while it is under way no other.
        world.Time.Advance(TimeSpan.FromSeconds(2));
        world.Stub.Hold();
        var probe = world.AskAsync(OpaWorld.Call(id: "probe"));
        await world.Stub.ArrivedAsync(4);
        Assert.Equal(Truth.Error, (await world.AskAsync()).Truth);
        Assert.Equal(4, world.Stub.Asked.Count);
        world.Stub.Release();
        Assert.Equal(Truth.Error, (await probe).Truth);
        Assert.Equal(Truth.Error, (await world.AskAsync()).Truth);
        Assert.Equal(4, world.Stub.Asked.Count);

        world.Stub.Instead = null;
        world.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Truth.True, (await world.AskAsync()).Truth);
        Assert.Equal((0, null), (world.Engine.OpenBreakers, world.Faults.Problem));
        Assert.Equal(Truth.True, (await world.AskAsync(OpaWorld.Call(id: "2"))).Truth);
    }

    [Fact]
    public async Task Ask_OneTenantsFailures_AreNoOthers()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { Failures = 1 });
        world.Stub.Instead = Fail;
        await world.AskAsync();
        world.Stub.Instead = null;
        Assert.Equal(Truth.Error, (await world.AskAsync()).Truth);
        Assert.Equal(Truth.True, (await world.AskAsync(OpaWorld.Call(tenant: "globex"))).Truth);
    }

    [Fact]
    public async Task Ask_AfterItIsClosed_IsAnErrorAndNoMore()
    {
        await using var world = await OpaWorld.StartAsync();
        world.Engine.Dispose();
        Assert.Equal(Stopping, (await world.AskAsync()).Problem);
        Assert.Null(world.Faults.Problem);
    }

    // Fails where it would never come.
    private static Task<T> InTime<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(30));

    private static Task Fail(HttpContext context)
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    }
}
