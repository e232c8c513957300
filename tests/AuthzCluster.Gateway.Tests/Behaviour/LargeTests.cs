using System.Text;
using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Gateway.Tests.Behaviour;

/// <summary>The largest that the API takes passes between gateway and silo too.</summary>
public sealed class LargeTests : IAsyncLifetime
{
    private const int Limit = 64 * 1024 * 1024;

    // A call that is not answered within a third of this is sent again while the first goes on: on a busy machine all of it would be done twice, and take twice as long.
    private static readonly ClusterCallOptions Once = new() { LongDeadline = TimeSpan.FromMinutes(15) };

    private TestCluster _cluster = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        _gateway = await RunningGateway.StartAsync(_cluster.Gateway with { Calls = Once }, _cluster.AdminKey);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    // Rows of the fewest bytes become the most when they are written out in full.
    [Fact]
    public async Task Import_AsManyRowsAsABodyHolds_IsTried()
    {
        await _gateway.Api.RoleAsync("r", "a:b");
        const string row = "{\"user_id\":\"a\",\"role\":\"r\"},";
        var rows = (Limit - 2) / row.Length;
        var body = new StringBuilder("[", Limit).Insert(1, row, rows);
        body[^1] = ']';

        var reply = (await _gateway.Api.PostAsync("/api/v1/import?format=assignments&dry_run=true", Encoding.UTF8.GetBytes(body.ToString()))).Is(200);

        Assert.Equal(1, reply["created"].GetInt32());
        Assert.Equal(rows - 1, reply["unchanged"].GetInt32());
    }

    [Fact]
    public async Task Import_AModelAsLargeAsABody_IsMadeAndExported()
    {
        // Characters that JSON writes out as six each.
        var description = new string('<', 500);
        var permissions = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"resource-with-a-name-of-some-length-{i:d6}:action-with-a-name-of-some-length\""));
        var body = new StringBuilder("{\"roles\":[");
        for (var i = 0; body.Length + permissions.Length + description.Length + 200 < Limit; i++)
        {
            body.Append(i == 0 ? "" : ",").Append($$"""{"name":"big-{{i}}","description":"{{description}}","permissions":[""").Append(permissions).Append("]}");
        }
        body.Append("]}");

        var reply = (await _gateway.Api.PostAsync("/api/v1/import?format=authz", Encoding.UTF8.GetBytes(body.ToString()))).Is(200);

        Assert.True(reply["created"].GetInt32() > 30, reply.Text);
        var export = (await _gateway.Api.GetAsync("/api/v1/export")).Is(200);
        Assert.True(export.Text.Length > Limit / 2);
        Assert.Equal(20_000, (await _gateway.Api.GetAsync("/api/v1/roles/big-0")).Is(200)["permissions"].GetArrayLength());
    }
}
