using AuthzCluster.Domain.Policies;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Hosting.Tests.Opa;

public class OpaAnswerTests
{
    [Theory]
    [InlineData(200, """{"result": true}""", Truth.True)]
    [InlineData(200, """{"result": false, "decision_id": "x", "metrics": {}}""", Truth.False)]
    [InlineData(200, "{}", Truth.False)]
    [InlineData(200, """{"decision_id": "x"}""", Truth.False)]
    [InlineData(200, """{"result": "true"}""", Truth.Error)]
    [InlineData(200, """{"result": 1}""", Truth.Error)]
    [InlineData(200, """{"result": null}""", Truth.Error)]
    [InlineData(200, """{"result": {"allow": true}}""", Truth.Error)]
    [InlineData(200, "[true]", Truth.Error)]
    [InlineData(200, "true", Truth.Error)]
    [InlineData(200, "", Truth.Error)]
    [InlineData(200, """{"result": true""", Truth.Error)]
    [InlineData(200, "<html></html>", Truth.Error)]
    [InlineData(201, """{"result": true}""", Truth.Error)]
    [InlineData(204, "", Truth.Error)]
    [InlineData(400, """{"code": "invalid_parameter"}""", Truth.Error)]
    [InlineData(401, """{"result": true}""", Truth.Error)]
    [InlineData(404, """{"result": true}""", Truth.Error)]
    [InlineData(500, """{"result": true}""", Truth.Error)]
    public async Task Ask_WhateverIsAnswered_OnlyAPlainBooleanOfA200Counts(int status, string answer, Truth expected)
    {
        await using var world = await OpaWorld.StartAsync();
        world.Stub.Instead = async context =>
        {
            context.Response.StatusCode = status;
            if (answer.Length > 0)
            {
                await context.Response.WriteAsync(answer);
            }
        };
        var told = await world.AskAsync();
        Assert.Equal((expected, expected == Truth.Error), (told.Truth, told.Problem is not null));
        Assert.Equal(status == 200 && expected == Truth.False && !answer.Contains("result", StringComparison.Ordinal), told.IsUndefined);
    }

    [Fact]
    public async Task Ask_ARedirect_IsNotFollowed()
    {
        await using var world = await OpaWorld.StartAsync();
        await using var other = await OpaStub.StartAsync();
        other.Documents["authz/allow"] = _ => true;
        world.Stub.Instead = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (307, other.Url + "/v1/data/authz/allow");
            return Task.CompletedTask;
        };
        var told = await world.AskAsync();
        Assert.Equal((Truth.Error, "the policy server answered 307"), (told.Truth, told.Problem));
        Assert.Empty(other.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ask_AHugeAnswer_IsNotReadToItsEnd(bool saysHowLong)
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { LongestAnswer = 1000 });
        world.Stub.Instead = async context =>
        {
            var answer = """{"result": true, "padding": " """ + new string('x', 2_000) + "\"}";
            context.Response.ContentLength = saysHowLong ? answer.Length : null;
            await context.Response.WriteAsync(answer);
        };
        Assert.Equal("the policy server's answer is longer than 1000 bytes", (await world.AskAsync()).Problem);
    }

    [Fact]
    public async Task Ask_WhoDoesNotAnswer_IsWaitedForNoLonger()
    {
        await using var world = await OpaWorld.StartAsync(opa => opa with { Timeout = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        world.Stub.Hold();
        var told = await world.AskAsync();
        Assert.Equal((Truth.Error, "the policy server took too long"), (told.Truth, told.Problem));
    }

    [Fact]
    public async Task Ask_WhoBreaksOff_IsAnError()
    {
        await using var world = await OpaWorld.StartAsync();
        world.Stub.Instead = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("""{"result": """);
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        Assert.Equal(Truth.Error, (await world.AskAsync()).Truth);
    }

    [Fact]
    public async Task Ask_WhoIsNotThere_IsAnErrorThatTheOperatorIsTold()
    {
        await using var world = await OpaWorld.StartAsync();
        await world.Stub.DisposeAsync();
        Assert.Equal("the policy server cannot be reached", (await world.AskAsync()).Problem);
        Assert.NotNull(world.Faults.Problem);
    }

    [Fact]
    public async Task Ask_WhoIsNotAllowed_IsAskedNothing()
    {
        await using var world = await OpaWorld.StartAsync();
        await using var other = await OpaStub.StartAsync();
        Assert.Equal("the policy server is none that this server's operator allows", (await world.AskAsync(OpaWorld.Call(url: other.Url))).Problem);
        Assert.Empty(other.Asked);
        Assert.Empty(world.Stub.Asked);
        Assert.Equal(Truth.True, (await world.AskAsync(OpaWorld.Call(url: world.Stub.Url))).Truth);
    }

    [Fact]
    public async Task Ask_TheQuestion_IsTheWholeInput()
    {
        await using var world = await OpaWorld.StartAsync();
        world.Stub.Documents["a b/c%2Fd"] = _ => true;
        await world.AskAsync(OpaWorld.Call("a b/c%2Fd"));
        var (_, body, authorization) = Assert.Single(world.Stub.Asked);
        Assert.Equal(
            """{"input":{"subject":{"type":"user","id":"alice","properties":{"level":3}},"action":{"name":"read","permission":"docs:read","properties":{}},"""
            + """ "resource":{"type":"docs","id":"42","properties":{}},"context":{"ip_address":"10.0.0.1"}}}""".TrimStart(),
            body);
        Assert.Null(authorization);
    }
}
