using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Decisions;

namespace AuthzCluster.Embedded.Tests;

/// <summary>What is answered is logged as tenants and the operator say, by names and ids alone.</summary>
public sealed class DecisionLogTests : IAsyncDisposable
{
    private static readonly Caller Admin = Caller.System("request");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("authz-decisions-");
    private EmbeddedNode? _node;

    private string Path => System.IO.Path.Combine(_directory.FullName, "decisions.log");

    [Fact]
    public async Task Evaluate_TenantLogsAll_EachIsALineWithoutWhatWasTold()
    {
        await StartAsync(new DecisionLogOptions { Target = Path });
        await AskAsync("nobody");
        await SetAsync("all");
        Ok(await _node!.Assignments.AssignAsync(TenantId.Default, "viewer", new AssignmentDraft(SubjectId.User("alice")), Admin));
        await AskAsync("alice");
        await AskAsync("bob");
        Ok(await _node.Decisions.ExplainAsync(TenantId.Default, Question("alice"), DateTimeOffset.UnixEpoch));
        await SetAsync("off");
        await AskAsync("alice");

        var lines = await LinesAsync();
        Assert.Equal(["user:alice true granted", "user:bob false no_assignment", "user:alice true granted"],
            lines.Select(line => $"{Text(line, "subject")} {(line.GetProperty("decision").GetBoolean() ? "true" : "false")} {Text(line, "reason")}"));
        var first = lines[0];
        Assert.Equal(("default", "invoices:read", "invoices", "42"), (Text(first, "tenant"), Text(first, "permission"), Text(first, "resource_type"), Text(first, "resource_id")));
        Assert.Equal(("viewer", "*:read"), (Text(first, "matched_role"), Text(first, "matched_permission")));
        Assert.Equal("1970-01-01T00:00:00.000000Z", Text(lines[2], "at"));
        Assert.DoesNotContain("hush", await File.ReadAllTextAsync(Path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Theory]
    [InlineData(DecisionLogLevel.All, null, 40)]
    [InlineData(DecisionLogLevel.Sampled, null, 10)]
    [InlineData(DecisionLogLevel.Off, null, 0)]
    [InlineData(DecisionLogLevel.All, "off", 0)]
    [InlineData(DecisionLogLevel.Off, "sampled", 10)]
    public async Task Evaluate_OperatorsLevel_CountsWhereTheTenantDoesNotSay(DecisionLogLevel level, string? setting, int expected)
    {
        await StartAsync(new DecisionLogOptions { Target = Path, Level = level, OneOf = 4 });
        if (setting is not null)
        {
            await SetAsync(setting);
        }
        for (var i = 0; i < 40; i++)
        {
            await AskAsync("alice");
        }

        Assert.Equal(expected, (await LinesAsync()).Count);
    }

    [Fact]
    public async Task Evaluate_NoFileIsNamed_NothingIsLoggedWhateverTheTenantSays()
    {
        await StartAsync(new DecisionLogOptions());
        await SetAsync("all");
        await AskAsync("alice");
        await _node!.StopAsync();

        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void Start_FileThatCannotBeWritten_IsRefused()
    {
        var options = new EmbeddedOptions { DataDirectory = _directory.FullName, DecisionLog = new() { Target = _directory.FullName } };

        Assert.Contains("--decision-log", Assert.Throws<StartRefusedException>(options.Validate).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.StopAsync();
        }
        _directory.Delete(recursive: true);
    }

    private static T Ok<T>(Result<T> result)
    {
        Assert.True(result.IsOk, result.Error?.Detail);
        return result.Value!;
    }

    private static string? Text(JsonElement line, string member) => line.GetProperty(member).GetString();

    private static AccessRequest Question(string user) => new()
    {
        Subject = SubjectId.User(user),
        Permission = Permission.Parse("invoices:read"),
        ResourceId = "42",
        ResourceProperties = AttributeBag.Of(("secret", AttributeValue.Of("hush"))),
        Context = AttributeBag.Of(("token", AttributeValue.Of("hush"))),
    };

    private async Task StartAsync(DecisionLogOptions log)
    {
        _node = new EmbeddedNode(
            new EmbeddedOptions { DataDirectory = System.IO.Path.Combine(_directory.FullName, "data"), DecisionLog = log }, TimeProvider.System, new OrderedIds(TimeProvider.System));
        await _node.StartAsync();
    }

    private async Task SetAsync(string level) => Ok(await _node!.Tenants.UpdateAsync(
        TenantId.Default, new TenantPatch { Settings = AttributeBag.Of(("decision_log", AttributeValue.Of(level))) }, null, Admin));

    private async Task AskAsync(string user) => Ok(await _node!.Decisions.EvaluateAsync(TenantId.Default, Question(user), DateTimeOffset.UtcNow));

    // An orderly stop writes what waits.
    private async Task<IReadOnlyList<JsonElement>> LinesAsync()
    {
        await _node!.StopAsync();
        return File.Exists(Path) ? [.. (await File.ReadAllLinesAsync(Path)).Select(line => JsonDocument.Parse(line).RootElement)] : [];
    }
}
