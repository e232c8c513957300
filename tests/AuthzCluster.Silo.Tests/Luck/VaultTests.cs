using System.Text;
using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;
using Npgsql;

namespace AuthzCluster.Silo.Tests.Luck;

/// <summary>Silos that share a key ring, and that lack a key.</summary>
[Collection(ProcessCollection.Name)]
public sealed class VaultTests
{
    private const string Secret = "the-moon-is-blue";

    [Fact]
    public async Task Conditions_OfACluster_AreNowhereInItsDatabaseAndEverySiloReadsThem()
    {
        await using var cluster = await RunningCluster.StartAsync(2);
        var gateway = await cluster.GatewayAsync();
        await gateway.Api.RoleAsync("reader", "docs:read");
        await AssignAsync("alice");
        await using (var make = NodeProcess.StartSilo("--new-key", "--database", cluster.Database))
        {
            var (code, output, errors) = await make.EndAsync();
            Assert.True(code == 0, string.Join('\n', errors));
            Assert.StartsWith("Made the key ", Assert.Single(output), StringComparison.Ordinal);
        }
        // It seals with the new key; the others learn of that when they meet it.
        var third = await cluster.AddAsync();
        for (var i = 0; i < 8; i++)
        {
            await AssignAsync($"user-{i}");
            await AssertAsync($"user-{i}");
        }
        await AssertAsync("alice");
        Assert.Contains(Secret, (await gateway.Api.GetAsync("/api/v1/audit?limit=100")).Is(200).Text, StringComparison.Ordinal);
        Assert.Empty(Rows(cluster.Database, Secret));
        Assert.NotEmpty(Rows(cluster.Database, "alice"));

        Assert.Equal(0, await third.Process.StopAsync());
        Execute(cluster.Database, "DELETE FROM authz.key_ring WHERE made_at = (SELECT min(made_at) FROM authz.key_ring)");
        await using var refused = RunningSilo.Start(cluster.Database);
        Assert.Contains("is not in the key ring in the table `authz.key_ring`", await refused.Process.RefusedAsync(), StringComparison.Ordinal);

        async Task AssignAsync(string user) => (await gateway.Api.PostAsync("/api/v1/roles/reader/assign", new
        {
            user_id = user,
            conditions = new[] { new { type = "expression", @params = new { text = $"moon = '{Secret}'" } } },
        })).Is(200);

        async Task AssertAsync(string user)
        {
            foreach (var (moon, expected) in new[] { (Secret, true), ("red", false) })
            {
                var decision = await gateway.Api.AskAsync(new { user, permission = "docs:read", context = new { moon } });
                Assert.Equal(expected, decision["decision"].GetBoolean());
            }
        }
    }

    // Where a text is, as it is or within bytes, which are hex where a row is text.
    private static List<string> Rows(string database, string text)
    {
        var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
        return [.. Column(database, "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'authz' AND table_type = 'BASE TABLE'")
            .Where(table => Column(database, $"SELECT t::text FROM authz.{table} t")
                .Any(row => row.Contains(text, StringComparison.Ordinal) || row.Contains(hex, StringComparison.Ordinal)))];
    }

    private static void Execute(string database, string sql) => Column(database, sql);

    private static List<string> Column(string database, string sql)
    {
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }
        return values;
    }
}
