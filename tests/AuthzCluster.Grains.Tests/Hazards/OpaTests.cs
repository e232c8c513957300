using System.Diagnostics;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Tests.Opa;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>A policy server that is asked by silos: of what is far from the client, in batches, and while things change.</summary>
public sealed class OpaTests : IAsyncLifetime
{
    private OpaStub _opa = null!;
    private BareCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _opa = await OpaStub.StartAsync();
        _opa.Documents["authz/allow"] = input => !input.GetProperty("resource").TryGetProperty("id", out var id) || id.GetString() != "3";
        var options = new GrainsOptions { Opa = new OpaOptions { Urls = [_opa.Url], Timeout = TimeSpan.FromSeconds(4) }.Checked() };
        _cluster = await BareCluster.StartAsync(silos: 2, silo: (silo, _) => silo.Services.AddSingleton(options));
        await _cluster.RoleAsync("reader", "docs:read");
        var condition = new Condition("opa", AttributeBag.Of(("path", AttributeValue.Of("authz/allow"))));
        for (var i = 0; i < 4; i++)
        {
            // On both silos are some of them.
            BareCluster.Ok(await _cluster.Inside.Assignments.AssignAsync(
                BareCluster.Tenant, "reader", new AssignmentDraft(SubjectId.User($"alice{i}")) { Conditions = [condition] }, BareCluster.Admin));
        }
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _opa.DisposeAsync();
    }

    [Fact]
    public async Task Evaluate_WhereverTheSubjectIs_GoesByThePolicyServer()
    {
        for (var i = 0; i < 4; i++)
        {
            Assert.True(await _cluster.MayAsync($"alice{i}", "docs:read"));
            Assert.False(BareCluster.Ok(await _cluster.Inside.Decisions.EvaluateAsync(BareCluster.Tenant, Question(i, "3"), DateTimeOffset.UtcNow)).IsAllowed);
        }
        var told = BareCluster.Ok(await _cluster.Outside.Decisions.ExplainAsync(BareCluster.Tenant, Question(0, "3"), DateTimeOffset.UtcNow));
        Assert.Equal(("authz/allow", Truth.False), (Assert.Single(told.Outside).Path, told.Outside[0].Answer));
    }

    [Fact]
    public async Task Question_OfAClientWithATrace_IsAskedUnderIt_AndOfOneWithoutUnderNone()
    {
        var now = DateTimeOffset.UtcNow;
        using (var activity = new Activity("test"))
        {
            activity.SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();
            for (var i = 0; i < 4; i++)
            {
                BareCluster.Ok(await _cluster.Outside.Decisions.EvaluateAsync(BareCluster.Tenant, Question(i, "1"), now));
                BareCluster.Ok(await _cluster.Outside.Decisions.ExplainAsync(BareCluster.Tenant, Question(i, "2"), now));
            }
            await _cluster.Outside.Decisions.EvaluateManyAsync(BareCluster.Tenant, [.. Enumerable.Range(0, 4).Select(i => new TimedRequest(Question(i, "4"), now))]);
            Assert.Equal(12, _opa.Traces.Count);
            Assert.All(_opa.Traces, trace => Assert.StartsWith($"00-{activity.TraceId.ToHexString()}-", trace, StringComparison.Ordinal));
        }

        BareCluster.Ok(await _cluster.Outside.Decisions.EvaluateAsync(BareCluster.Tenant, Question(0, "5"), now));
        Assert.Equal("", _opa.Traces.Last());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EvaluateMany_OfOneSubject_AreAskedAtOnce(bool byClient)
    {
        _opa.Hold();
        const int count = 16; // what one tenant may ask at once
        var decisions = byClient ? _cluster.Outside.Decisions : _cluster.Inside.Decisions;
        var now = DateTimeOffset.UtcNow;
        var asked = decisions.EvaluateManyAsync(BareCluster.Tenant, [.. Enumerable.Range(0, count).Select(i => new TimedRequest(Question(1, $"{i}"), now))]).AsTask();
        await _opa.ArrivedAsync(count);
        _opa.Release();
        Assert.Equal(Enumerable.Range(0, count).Select(i => i != 3), (await asked).Select(answer => BareCluster.Ok(answer).IsAllowed));
    }

    [Fact]
    public async Task Evaluate_RevokedWhileThePolicyServerIsAsked_IsDenied()
    {
        for (var i = 0; i < 4; i++)
        {
            _opa.Hold();
            var asked = _cluster.MayAsync($"alice{i}", "docs:read");
            await _opa.ArrivedAsync();
            BareCluster.Ok(await _cluster.Inside.Assignments.RevokeAsync(BareCluster.Tenant, "reader", SubjectId.User($"alice{i}"), null, BareCluster.Admin));
            _opa.Release();
            Assert.False(await asked);
        }
    }

    private static AccessRequest Question(int user, string document) => BareCluster.Question($"alice{user}", "docs:read") with { ResourceId = document };
}
