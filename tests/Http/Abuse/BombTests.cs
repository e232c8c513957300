using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Abuse;

/// <summary>Bodies that are small to send and would be large to read: refused, while others are answered.</summary>
[Collection(ServerCollection.Name)]
public sealed class BombTests(ServerFixture server)
{
    private const int Many = 1_000_000;

    private static readonly Dictionary<string, Func<string>> Yaml = new()
    {
        ["aliases of aliases"] = () => "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n",
        ["an alias of itself"] = () => "a: &a [*a]\n",
        ["a merge"] = () => "a: &a {x: 1}\nb:\n  <<: *a\n",
        ["flow lists"] = () => new string('[', Many),
        ["flow mappings"] = () => string.Concat(Enumerable.Repeat("{a: ", Many / 4)),
        ["block lists"] = () => string.Concat(Enumerable.Repeat("- ", Many / 2)),
        ["block mappings"] = () => string.Concat(Enumerable.Range(0, 1000).Select(depth => new string(' ', depth) + "a:\n")),
        ["keys of keys"] = () => string.Concat(Enumerable.Repeat("? ", Many / 2)),
        ["a list as key"] = () => "? [a, b]\n: c\n",
        ["anchors"] = () => string.Concat(Enumerable.Range(0, 50_000).Select(i => $"- &a{i} x\n")),
        ["a long anchor"] = () => $"- &{new string('a', Many)} x\n",
        ["tags"] = () => string.Concat(Enumerable.Repeat("- !!python/object x\n", 50_000)),
        ["directives"] = () => string.Concat(Enumerable.Range(0, 20_000).Select(i => $"%TAG !t{i}! tag:x,{i}:\n")) + "---\na: 1\n",
        ["documents"] = () => string.Concat(Enumerable.Repeat("---\n", Many / 4)),
        ["a huge scalar"] = () => "roles:\n- name: " + new string('x', 8 * Many),
        ["a folded scalar"] = () => "roles:\n- name: >\n" + string.Concat(Enumerable.Repeat("    x\n", Many / 2)),
        ["a quoted scalar"] = () => $"roles: [{{name: \"{string.Concat(Enumerable.Repeat("\\U0001F600", Many / 10))}\"}}]",
        ["comments"] = () => string.Concat(Enumerable.Repeat("# x\n", Many)),
        ["an open quote"] = () => "\"" + new string('x', Many),
        ["tabs"] = () => string.Concat(Enumerable.Repeat("\t", Many)) + "a: 1",
    };

    private static readonly Dictionary<string, (string Format, Func<string> Text)> Json = new()
    {
        ["nothing but bad rows"] = ("assignments", () => $"[{string.Join(',', Enumerable.Repeat("1", 2 * Many))}]"),
        ["bad lines"] = ("assignments", () => string.Join('\n', Enumerable.Repeat("{}", Many))),
        ["bad roles"] = ("authz", () => $$"""{"roles":[{{string.Join(',', Enumerable.Repeat("0", 2 * Many))}}]}"""),
        ["bad gcloud roles"] = ("gcloud-roles", () => $"[{string.Join(',', Enumerable.Repeat("[]", Many))}]"),
        ["nested"] = ("authz", () => $$"""{"roles":{{new string('[', Many)}}"""),
        ["a member over and over"] = ("authz", () => $$$"""{"roles":[{"metadata":{{{{string.Join(',', Enumerable.Repeat("\"a\":1", Many / 2))}}}}}]}"""),
        ["members that share their hash"] = ("authz", () => $$$"""{"roles":[{"metadata":{{{{string.Join(',', Enumerable.Range(0, Many / 4).Select(i => $"\"{i}\":1"))}}}}}]}"""),
    };

    public static TheoryData<string> YamlNames => [.. Yaml.Keys];

    public static TheoryData<string> JsonNames => [.. Json.Keys];

    [Theory]
    [MemberData(nameof(YamlNames))]
    public async Task Import_YamlBomb_IsRefused(string name)
    {
        var api = await server.TenantAsync();

        var reply = await api.SendAsync("POST", "/api/v1/import?format=authz", Yaml[name](), ("Content-Type", "application/yaml"));

        reply.Refused(400, "validation_failed");
        Assert.True(reply.Text.Length < 100_000, $"{reply.Text.Length} characters");
    }

    [Theory]
    [MemberData(nameof(JsonNames))]
    public async Task Import_JsonBomb_IsRefusedInAReadableAnswer(string name)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:read");
        await api.AssignAsync("clerk", "alice");
        await using var canary = new Canary(server.Url, server.Key, api.Tenant);

        var reply = await api.SendAsync("POST", $"/api/v1/import?format={Json[name].Format}", Json[name].Text());

        reply.Refused(400, "validation_failed");
        Assert.True(reply.Text.Length < 1_000_000, $"{reply.Text.Length} characters");
        await canary.HearAsync();
    }
}
