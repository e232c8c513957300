using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class EvidenceTests(ServerFixture server)
{
    private const string Audit = "/api/v1/audit", Verify = Audit + "/verify", Export = Audit + "/export";

    [Fact]
    public async Task Verify_Untouched_IsIntact()
    {
        var api = await TenantAsync();

        var all = (await api.GetAsync(Verify)).Is(200);
        Assert.True(all["intact"].GetBoolean());
        Assert.Equal((4, 4), (all["records"].GetInt64(), all["last_sequence"].GetInt64()));
        Assert.Equal(JsonValueKind.Null, all["first_break"].ValueKind);
        Assert.Equal((await api.GetAsync(Audit)).Items[0].GetProperty("hash").GetString(), all["last_hash"].GetString());
        Assert.Equal(2, (await api.GetAsync($"{Verify}?from=3")).Is(200)["records"].GetInt64());
        Assert.Equal("gap", (await api.GetAsync($"{Verify}?from=7")).Is(200)["first_break"].GetProperty("reason").GetString());
        (await api.GetAsync($"{Verify}?from=0")).Refused(400, "validation_failed", "from");
        (await api.GetAsync($"{Verify}?from=x")).Refused(400, "validation_failed", "from");
    }

    [Fact]
    public async Task Checkpoint_Kept_IsVerifiedHereAndWithoutTheService()
    {
        var api = await TenantAsync();
        var kept = (await api.GetAsync($"{Audit}/checkpoint")).Is(200);
        var signed = kept["checkpoint"].GetString()!;
        await api.RoleAsync("later");

        foreach (var (query, records) in new[] { ("", 1), ("&from=1", 5), ("&from=3", 3) })
        {
            var found = (await api.GetAsync($"{Verify}?checkpoint={signed}{query}")).Is(200);
            Assert.True(found["intact"].GetBoolean());
            Assert.Equal(records, found["records"].GetInt64());
        }
        // Whoever has the published keys needs nothing else.
        var key = (await api.GetAsync($"{Audit}/keys")).Is(200)["keys"].EnumerateArray().Single();
        var parts = signed.Split('.');
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        Assert.Equal(("ES256", key.GetProperty("kid").GetString()), (header.GetProperty("alg").GetString(), header.GetProperty("kid").GetString()));
        using var half = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()) },
        });
        Assert.True(half.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Equal((api.Tenant, 4L, kept["hash"].GetString()), (payload.GetProperty("tenant").GetString(), payload.GetProperty("sequence").GetInt64(), payload.GetProperty("hash").GetString()));
        Assert.Equal(kept["time"].GetDateTimeOffset(), payload.GetProperty("time").GetDateTimeOffset());
    }

    [Fact]
    public async Task Checkpoint_OfAnotherTenantOrForged_IsRefused()
    {
        var (api, other) = (await TenantAsync(), await TenantAsync());
        var signed = (await api.GetAsync($"{Audit}/checkpoint")).Is(200)["checkpoint"].GetString()!;
        var parts = signed.Split('.');
        var none = Base64Url.EncodeToString("""{"alg":"none","typ":"authz-audit-checkpoint"}"""u8);
        var later = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("\"sequence\":4", "\"sequence\":3", StringComparison.Ordinal)));

        (await other.GetAsync($"{Verify}?checkpoint={signed}")).Refused(400, "validation_failed", "checkpoint");
        foreach (var forged in new[] { "x", "..", "a.b.c", $"{none}.{parts[1]}.", $"{none}.{parts[1]}.{parts[2]}", $"{parts[0]}.{later}.{parts[2]}", $"{parts[0]}.{parts[1]}.{parts[2][..^4]}", signed + "." })
        {
            (await api.GetAsync($"{Verify}?checkpoint={forged}")).Refused(400, "validation_failed", "checkpoint");
        }
    }

    [Fact]
    public async Task Evidence_WithoutTheRight_IsRefused()
    {
        var api = await TenantAsync();
        var eve = api.As(server.TokenOf("eve", api.Tenant));
        foreach (var path in new[] { Verify, $"{Audit}/checkpoint", $"{Audit}/keys", Export })
        {
            (await eve.GetAsync(path)).Refused(403, "forbidden");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&action=role.created")]
    [InlineData("&target=user:alice")]
    [InlineData("&actor=user:nobody")]
    [InlineData("&from=2199-01-01T00:00:00Z")]
    public async Task ExportNdjson_IsWhatIsListed(string filter)
    {
        var api = await TenantAsync();

        var export = (await api.GetAsync($"{Export}?format=ndjson{filter}")).Is(200);

        Assert.Equal("application/x-ndjson", export.ContentType);
        Assert.Equal(
            (await api.GetAsync($"{Audit}?limit=1000{filter}")).Items.Select(item => item.GetRawText()),
            export.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Export_OfMoreThanAPage_IsWhole()
    {
        const int many = 1203;
        var api = await TenantAsync();
        (await api.PostAsync("/api/v1/import?format=assignments", Enumerable.Range(0, many).Select(i => new { user_id = $"u{i}", role = "viewer" }))).Is(200);

        var sequences = (await api.GetAsync(Export)).Is(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sequence").GetInt64());

        Assert.Equal(Enumerable.Range(1, many + 4).Reverse().Select(i => (long)i), sequences);
    }

    [Fact]
    public async Task ExportCsv_OddTexts_AreReadBackAndAreNoFormulas()
    {
        var api = await server.TenantAsync();
        string[] reasons = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\ttab", "a \"quoted\", text", "two\r\nlines", "  =1+1", "＝1", "plain"];
        for (var i = 0; i < reasons.Length; i++)
        {
            (await api.PostAsync("/api/v1/roles/viewer/assign", new { user_id = $"u{i}", reason = reasons[i] })).Is(200);
        }

        var export = (await api.GetAsync($"{Export}?format=csv&action=role.assigned")).Is(200);

        Assert.Equal("text/csv", export.ContentType);
        var rows = Csv(export.Text);
        Assert.Equal(["sequence", "id", "time", "action", "actor", "target_type", "target_id", "reason", "request_id", "before", "after", "previous_hash", "hash"], rows[0]);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        var expected = reasons.Select((reason, i) => i is 5 or 6 or 9 ? reason : "'" + reason).Reverse();
        Assert.Equal(expected, rows.Skip(1).Select(row => row[7]));
        Assert.All(rows.Skip(1), row => Assert.Equal("u", JsonDocument.Parse(row[10]).RootElement.GetProperty("principal").GetProperty("id").GetString()![..1]));
        (await api.GetAsync($"{Export}?format=xml")).Refused(400, "validation_failed", "format");
        (await api.GetAsync($"{Export}?limit=3")).Refused(400, "validation_failed", "limit");
    }

    [Fact]
    public async Task Export_ByWhoMayNotReadPolicies_TellsTheirIdsAlone()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync("/api/v1/policies", new { id = "night", name = "Night", effect = "deny", resources = new[] { "hush:*" } })).Is(201);
        await api.RoleAsync("auditor", "authz.audit:read");
        await api.AssignAsync("auditor", "ann");
        var ann = api.As(server.TokenOf("ann", api.Tenant));

        foreach (var format in new[] { "csv", "ndjson" })
        {
            Assert.Contains("hush", (await api.GetAsync($"{Export}?format={format}")).Is(200).Text, StringComparison.Ordinal);
            var told = (await ann.GetAsync($"{Export}?format={format}")).Is(200).Text;
            Assert.Contains("night", told, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", told, StringComparison.Ordinal);
        }
    }

    // tenant.created, role.created, role.assigned twice.
    private async Task<ApiClient> TenantAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "alice");
        await api.AssignAsync("clerk", "bob");
        return api;
    }

    // As RFC 4180 has it.
    private static List<List<string>> Csv(string text)
    {
        var (rows, row, field, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && text[i] is ',' or '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (text[i] == '\r')
                {
                    Assert.Equal('\n', text[++i]);
                    rows.Add(row);
                    row = [];
                }
            }
            else
            {
                field.Append(text[i]);
            }
        }
        Assert.Empty(row);
        return rows;
    }
}
