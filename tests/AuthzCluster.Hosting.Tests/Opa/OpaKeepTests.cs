using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Hosting.Tests.Opa;

public class OpaKeepTests
{
    [Fact]
    public async Task Ask_TheSameAgain_IsAskedAfterFiveSeconds()
    {
        await using var world = await OpaWorld.StartAsync();
        var first = await world.AskAsync();
        Assert.Equal((Truth.True, world.Time.GetUtcNow().AddSeconds(5)), (first.Truth, first.Until));
        world.Stub.Documents["authz/allow"] = _ => false;

        world.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(first, await world.AskAsync());
        Assert.Single(world.Stub.Asked);
        world.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(Truth.False, (await world.AskAsync()).Truth);
        Assert.Equal(2, world.Stub.Asked.Count);
    }

    [Fact]
    public async Task Ask_AnythingElse_IsAskedAtOnce()
    {
        await using var world = await OpaWorld.StartAsync();
        world.Stub.Documents["authz/other"] = _ => true;
        OutsideQuestion final = new("authz/allow", null) { Local = new(true, Domain.Decisions.DecisionReason.Granted) };
        Actors.Ports.OutsideCall[] all =
        [
            OpaWorld.Call(), OpaWorld.Call("authz/other"), OpaWorld.Call(tenant: "globex"), OpaWorld.Call(model: 2), OpaWorld.Call(subject: 2), OpaWorld.Call(id: "43"),
            OpaWorld.Call() with { TenantSince = DateTimeOffset.UnixEpoch.AddSeconds(1) }, OpaWorld.Call() with { Question = final },
        ];
        foreach (var call in all)
        {
            await world.AskAsync(call);
        }
        Assert.Equal(all.Length, world.Stub.Asked.Count);
        Assert.Contains("\"local\":{\"decision\":true,\"reason\":\"granted\"}", world.Stub.Asked.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WhatFailed_IsAskedAgain()
    {
        await using var world = await OpaWorld.StartAsync();
        world.Stub.Documents["authz/allow"] = _ => "yes";
        var failed = await world.AskAsync();
        Assert.Equal((Truth.Error, world.Time.GetUtcNow()), (failed.Truth, failed.Until));
        world.Stub.Documents["authz/allow"] = _ => true;
        Assert.Equal(Truth.True, (await world.AskAsync()).Truth);
    }

    [Fact]
    public async Task Ask_TheSameByManyAtOnce_IsOneQuestion()
    {
        await using var world = await OpaWorld.StartAsync();
        world.Stub.Hold();
        var all = Enumerable.Range(0, 50).Select(_ => world.AskAsync()).ToArray();
        await world.Stub.ArrivedAsync();
        world.Stub.Release();
        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(Truth.True, answer.Truth));
        Assert.Single(world.Stub.Asked);
    }

    [Fact]
    public async Task Ask_MoreThanAreKept_TheLatestStay()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { MostKept = 10 });
        for (var i = 0; i < 30; i++)
        {
            await world.AskAsync(OpaWorld.Call(id: $"{i}"));
        }
        Assert.InRange(world.Engine.KeptAnswers, 10, 11);
        await world.AskAsync(OpaWorld.Call(id: "29"));
        Assert.Equal(30, world.Stub.Asked.Count);
        await world.AskAsync(OpaWorld.Call(id: "0"));
        Assert.Equal(31, world.Stub.Asked.Count);
    }

    [Fact]
    public async Task Ask_WhereNothingIsKept_EachIsAsked()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { Keep = TimeSpan.Zero });
        await world.AskAsync();
        var second = await world.AskAsync();
        Assert.Equal((2, world.Time.GetUtcNow()), (world.Stub.Asked.Count, second.Until));
    }
}
