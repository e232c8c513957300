using System.Text.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Decisions;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthzCluster.Hosting.Tests.Decisions;

/// <summary>Who decides never waits for the log; what it has no room for is counted, and told.</summary>
public sealed class DecisionLogBoundsTests : IDisposable
{
    private static readonly CompiledTenant Tenant = CompiledTenant.Compile(TenantEditor.Create(TenantId.Default, new TenantPatch(), DateTimeOffset.UnixEpoch).Value!.Model);
    private static readonly AccessRequest Request = new() { Subject = SubjectId.User("alice"), Permission = Permission.Parse("a:read") };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("authz-decisions-");
    private readonly FaultLog _faults = new(NullLogger.Instance, TimeProvider.System);

    private string Path => System.IO.Path.Combine(_directory.FullName, "decisions.log");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Note_BufferFull_DropsAndTellsHowMuch()
    {
        using var log = Log(buffer: 10);
        Note(log, 25);
        Assert.Equal(15, log.Dropped);

        await StopAsync(log);

        Assert.Equal((10, 15), (log.Written, log.Dropped));
        var lines = await LinesAsync();
        Assert.Equal(11, lines.Count);
        Assert.Equal(15, lines[^1].GetProperty("dropped").GetInt64());
    }

    [Fact]
    public async Task Write_FileCannotBeWritten_DropsWithoutFailingAndGoesOnLater()
    {
        using var log = Log(buffer: 100);
        Directory.CreateDirectory(Path);
        Note(log, 5);
        await StopAsync(log);
        Assert.Equal((0, 5), (log.Written, log.Dropped));
        Assert.NotNull(_faults.Problem);

        Directory.Delete(Path);
        Note(log, 3);
        await StopAsync(log);

        Assert.Equal((3, 5), (log.Written, log.Dropped));
        Assert.Null(_faults.Problem);
        Assert.Equal([0, 0, 0, 5], (await LinesAsync()).Select(line => line.TryGetProperty("dropped", out var dropped) ? dropped.GetInt64() : 0));
    }

    [Fact]
    public async Task Write_FileMovedAway_BeginsAnother()
    {
        using var file = new DecisionFile(Path);
        await file.WriteAsync("one\n"u8.ToArray());
        File.Move(Path, Path + ".1");
        await file.WriteAsync("two\n"u8.ToArray());

        Assert.Equal("one\n", await File.ReadAllTextAsync(Path + ".1"));
        Assert.Equal("two\n", await File.ReadAllTextAsync(Path));
    }

    [Fact]
    public async Task Note_OfManyThreadsSampled_IsOneOfSoMany()
    {
        using var log = DecisionLog.Of(new DecisionLogOptions { Target = Path, Level = DecisionLogLevel.Sampled, OneOf = 10 }, _faults, TimeProvider.System)!;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Note(log, 1000))));

        await StopAsync(log);

        Assert.Equal(800, log.Written);
    }

    private static void Note(DecisionLog log, int times)
    {
        for (var i = 0; i < times; i++)
        {
            log.Note(Tenant, Request, new Decision { Reason = DecisionReason.NoAssignment }, DateTimeOffset.UnixEpoch);
        }
    }

    private DecisionLog Log(int buffer) => DecisionLog.Of(new DecisionLogOptions { Target = Path, Level = DecisionLogLevel.All, Buffer = buffer }, _faults, TimeProvider.System)!;

    // What waits is written by a loop that was told to stop already.
    private static Task StopAsync(DecisionLog log) => log.RunAsync(new CancellationToken(canceled: true));

    private async Task<IReadOnlyList<JsonElement>> LinesAsync() => [.. (await File.ReadAllLinesAsync(Path)).Select(line => JsonDocument.Parse(line).RootElement)];
}
