using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Gateway.Tests.Behaviour;

/// <summary>Gateways keep nothing: whichever is asked, it is one service.</summary>
public sealed class TwoGatewaysTests(TwoGatewaysTests.Pair pair) : IClassFixture<TwoGatewaysTests.Pair>
{
    [Fact]
    public async Task Write_RepeatedThroughTheOther_HasTheSameAnswerAndIsDoneOnce()
    {
        var (first, second) = await pair.TenantAsync("repeated");
        var key = ("Idempotency-Key", "make-clerk");
        var made = (await first.PostAsync("/api/v1/roles", new { name = "clerk" }, key)).Is(201);
        var again = (await second.PostAsync("/api/v1/roles", new { name = "clerk" }, key)).Is(201);

        Assert.Equal(made.Text, again.Text);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Single((await first.GetAsync("/api/v1/audit?action=role.created")).Is(200).Items);
        (await second.PostAsync("/api/v1/roles", new { name = "other" }, key)).Refused(409, "invalid_state");
    }

    [Fact]
    public async Task Write_ThroughBothAtOnce_IsDoneOnceAndAnsweredAlike()
    {
        var (first, second) = await pair.TenantAsync("at-once");
        for (var round = 0; round < 10; round++)
        {
            var (key, body) = (("Idempotency-Key", $"both-{round}"), new { name = $"both-{round}" });
            var replies = await Task.WhenAll(new[] { first, second, first, second }.Select(api => api.PostAsync("/api/v1/roles", body, key)));

            Assert.All(replies, reply => reply.Is(201));
            Assert.Single(replies.Select(reply => reply.Text).Distinct());
        }
        Assert.Equal(10, (await first.GetAsync("/api/v1/audit?action=role.created&limit=100")).Is(200).Items.Count);
    }

    [Fact]
    public async Task PageToken_OfTheOther_LeadsOn()
    {
        var (first, second) = await pair.TenantAsync("pages");
        for (var i = 0; i < 5; i++)
        {
            await first.RoleAsync($"role-{i}", "a:b");
        }
        var page = (await first.GetAsync("/api/v1/roles?include_built_in=false&limit=2")).Is(200);
        var next = (await second.GetAsync($"/api/v1/roles?include_built_in=false&limit=2&page_token={page.NextPage}")).Is(200);

        Assert.Equal(["role-0", "role-1"], page.Items.Select(role => role.GetProperty("name").GetString()));
        Assert.Equal(["role-2", "role-3"], next.Items.Select(role => role.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Change_ThroughOne_IsSeenByTheOther()
    {
        var (first, second) = await pair.TenantAsync("change");
        await first.RoleAsync("seen", "a:b");
        for (var i = 0; i < 20; i++)
        {
            await first.AssignAsync("seen", $"u{i}");
            Assert.Equal("granted", await second.ReasonAsync($"u{i}", "a:b"));
            (await second.DeleteAsync($"/api/v1/roles/seen/users/u{i}")).Is(204);
            Assert.Equal("no_assignment", await first.ReasonAsync($"u{i}", "a:b"));
        }
    }

    [Fact]
    public async Task RequestId_OfTheCaller_IsInTheAuditRecord()
    {
        var (first, second) = await pair.TenantAsync("ids");
        (await first.PostAsync("/api/v1/roles", new { name = "told" }, ("X-Request-Id", "req-4711"))).Is(201);

        var records = (await second.GetAsync("/api/v1/audit?action=role.created&limit=100")).Is(200).Items;
        Assert.Contains(records, record => record.GetProperty("request_id").GetString() == "req-4711");
    }

    public sealed class Pair : IAsyncLifetime
    {
        private TestCluster _cluster = null!;
        private RunningGateway _first = null!, _second = null!;

        public async Task InitializeAsync()
        {
            _cluster = await TestCluster.StartAsync();
            _first = await RunningGateway.StartAsync(_cluster.Gateway, _cluster.AdminKey);
            _second = await RunningGateway.StartAsync(_cluster.Gateway, _cluster.AdminKey);
        }

        public async Task DisposeAsync()
        {
            await _first.DisposeAsync();
            await _second.DisposeAsync();
            await _cluster.DisposeAsync();
        }

        /// <summary>A new tenant, by way of both.</summary>
        public async Task<(ApiClient First, ApiClient Second)> TenantAsync(string id)
        {
            (await _first.Api.PostAsync("/api/v1/tenants", new { id })).Is(201);
            return (_first.In(id), _second.In(id));
        }
    }
}
