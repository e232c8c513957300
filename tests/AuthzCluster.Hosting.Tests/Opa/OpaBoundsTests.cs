using AuthzCluster.Domain.Policies;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Hosting.Tests.Opa;

public class OpaBoundsTests
{
    [Fact]
    public async Task Ask_ManyAtOnce_FewAreUnderWayAndTheRestWait()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 3 });
        world.Stub.Hold();
        var all = Enumerable.Range(0, 30).Select(i => world.AskAsync(OpaWorld.Call(id: $"{i}"))).ToArray();
        await world.Stub.ArrivedAsync(3);
        Assert.Equal(3, world.Stub.Asked.Count);
        world.Stub.Release();
        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(Truth.True, answer.Truth));
        Assert.Equal((30, 3), (world.Stub.Asked.Count, world.Stub.MostHere));
    }

    [Fact]
    public async Task Ask_MoreThanMayWait_AreRefusedAtOnce()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostAtOnce = 1, Failures = 1000 });
        world.Stub.Hold();
        var all = Enumerable.Range(0, 20).Select(i => world.AskAsync(OpaWorld.Call(id: $"{i}"))).ToArray();
        var refused = await Task.WhenAny(all);
        Assert.Equal("too many questions wait for the policy server", (await refused).Problem);
        world.Stub.Release();
        Assert.Equal(11, (await Task.WhenAll(all)).Count(answer => answer.Truth == Truth.True));
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
        Assert.Equal("the policy server failed several times in a row, and is not asked for a moment", (await world.AskAsync()).Problem);
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
        Assert.Equal(Truth.Error, (await world.AskAsync()).Truth);
    }

    private static Task Fail(HttpContext context)
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    }
}
