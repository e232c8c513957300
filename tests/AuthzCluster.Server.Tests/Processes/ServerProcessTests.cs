using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Processes;

public sealed class ServerProcessTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("authz-process-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("--port", "--port", "99999")]
    [InlineData("--port", "--port=http")]
    [InlineData("--address", "--address", "everywhere")]
    [InlineData("--data", "--data", "")]
    [InlineData("--data", "--data", "/dev/null/x")]
    [InlineData("--idle-time", "--idle-time", "5")]
    [InlineData("--encryption", "--encryption", "yes")]
    [InlineData("--key-lifetime", "--key-lifetime", "6")]
    [InlineData("--key-ring-cert", "--key-ring-cert", "")]
    [InlineData("--data", "--new-key", "--data", "/nowhere/at/all")]
    [InlineData("--max-connections", "--max-connections", "0")]
    [InlineData("--patience", "--patience", "00:00:01")]
    [InlineData("--body-memory", "--body-memory", "63")]
    [InlineData("--max-requests", "--max-requests", "0")]
    [InlineData("--max-queue", "--max-queue", "-1")]
    [InlineData("--public-url", "--public-url", "http://authz.example.com")]
    [InlineData("--public-url", "--public-url", "https://authz.example.com/?a=b")]
    [InlineData("--queue-time", "--queue-time", "00:01:01")]
    [InlineData("--request-timeout", "--request-timeout", "00:00:00")]
    [InlineData("--drain-delay", "--drain-delay", "5s")]
    [InlineData("--drain-timeout", "--drain-timeout", "00:00:00")]
    [InlineData("--prot", "--prot", "80")]
    [InlineData("--port", "--port")]
    [InlineData("--port", "--port", "1", "--port", "2")]
    public async Task Start_BadOption_IsOneLineNamingIt(string named, params string[] args)
    {
        using var run = ServerProcessRun.Start(args, ("HOME", _data));

        var (code, output, errors) = await run.EndAsync();

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(named, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authz__Port", "many", "Authz__Port")]
    [InlineData("Authz__Prot", "80", "Prot")]
    public async Task Start_BadEnvironment_IsOneLineNamingIt(string name, string value, string named)
    {
        using var run = ServerProcessRun.Start(["--data", _data], (name, value));

        var (code, _, errors) = await run.EndAsync();

        Assert.Equal(2, code);
        Assert.Contains(named, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_TellsEveryOption()
    {
        using var run = ServerProcessRun.Start(["--help"]);

        var (code, output, _) = await run.EndAsync();

        Assert.Equal(0, code);
        foreach (var option in new[] { "--port", "--grpc-port", "--https-cert", "--https-key", "--address", "--public-url", "--data", "--idle-time", "--max-connections", "--patience", "--body-memory", "--max-requests", "--max-queue", "--queue-time", "--request-timeout", "--drain-delay", "--drain-timeout", "--encryption", "--key-lifetime", "--key-ring-cert", "--key-ring-old-certs", "--new-key", "--help", "Authz__Port", "admin.key" })
        {
            Assert.Contains(option, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_DataOrPortTaken_IsOneLine()
    {
        using var first = ServerProcessRun.Start(["--port", "0", "--data", _data]);
        var url = await first.UrlAsync();

        using var sameData = ServerProcessRun.Start(["--port", "0", "--data", _data]);
        var (code, _, errors) = await sameData.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains("--data", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

        using var samePort = ServerProcessRun.Start(["--port", $"{url.Port}", "--data", Path.Combine(_data, "other")]);
        (code, _, errors) = await samePort.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains("--port", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DamagedDatabase_IsRefusedInOneLine()
    {
        using (var first = ServerProcessRun.Start(["--port", "0", "--data", _data]))
        {
            await first.UrlAsync();
            first.Signal("TERM");
            await first.EndAsync();
        }
        var database = Directory.EnumerateFiles(_data, "*.db").Single();
        await File.WriteAllBytesAsync(database, [.. Enumerable.Repeat((byte)'x', 8192)]);

        using var run = ServerProcessRun.Start(["--port", "0", "--data", _data]);
        var (code, output, errors) = await run.EndAsync();

        Assert.Equal((2, ""), (code, output));
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Start_KeyOfTheRingLost_IsRefusedInOneLineAndTheOthersKeysAreNotEnough()
    {
        await ServeAsync();
        var keys = Path.Combine(_data, "keys");
        var first = Assert.Single(Directory.GetFiles(keys));
        using (var make = ServerProcessRun.Start(["--new-key", "--data", _data]))
        {
            var (made, told, _) = await make.EndAsync();
            Assert.Equal(0, made);
            Assert.StartsWith("Made the key ", told, StringComparison.Ordinal);
        }
        Assert.Equal(2, Directory.GetFiles(keys).Length);
        await ServeAsync();
        File.Move(first, Path.Combine(_data, "elsewhere"));

        using (var run = ServerProcessRun.Start(["--port", "0", "--data", _data]))
        {
            var (code, output, errors) = await run.EndAsync();
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("is not in the key ring", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
        File.Move(Path.Combine(_data, "elsewhere"), first);
        await ServeAsync();

        async Task ServeAsync()
        {
            using var run = ServerProcessRun.Start(["--port", "0", "--data", _data]);
            await run.UrlAsync();
            run.Signal("TERM");
            var (code, _, errors) = await run.EndAsync();
            Assert.Equal((0, ""), (code, errors));
        }
    }

    [Fact]
    public async Task Greeting_OddDirectory_HasACommandThatWorks()
    {
        var odd = Path.Combine(_data, "it's $(an) \"odd\" name");
        using var run = ServerProcessRun.Start(["--port", "0", "--data", odd]);
        await run.UrlAsync();
        run.Signal("TERM");
        var (_, output, _) = await run.EndAsync();

        var quoted = output[output.IndexOf("$(cat ", StringComparison.Ordinal)..output.LastIndexOf(")\"", StringComparison.Ordinal)]["$(cat ".Length..];
        var start = new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"cat {quoted}"]) { RedirectStandardOutput = true };
        using var shell = System.Diagnostics.Process.Start(start)!;

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(odd, "admin.key")), await shell.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stop_BySignal_IsCleanAndKeepsEverything(string signal)
    {
        string key, role;
        using (var first = ServerProcessRun.Start(["--port=0", $"--data={_data}"]))
        {
            using var http = Client(await first.UrlAsync(), out key);
            role = await new ApiClient(http, "").RoleAsync("clerk", "a:b");
            await new ApiClient(http, "").AssignAsync("clerk", "alice");
            first.Signal(signal);
            var (code, _, errors) = await first.EndAsync();
            Assert.Equal((0, ""), (code, errors));
        }

        using var second = ServerProcessRun.Start([], ("Authz__Port", "0"), ("Authz__Data", _data));
        using var again = Client(await second.UrlAsync(), out var sameKey);

        Assert.Equal(key, sameKey);
        Assert.Equal(role, (await new ApiClient(again, "").GetAsync("/api/v1/roles/clerk"))["id"].GetString());
        Assert.Equal("granted", await new ApiClient(again, "").ReasonAsync("alice", "a:b"));
    }

    [Fact]
    public async Task Data_DirectoryThatIsMade_IsItsOwners()
    {
        var data = Path.Combine(_data, "made");
        using var server = ServerProcessRun.Start(["--port", "0", "--data", data]);
        await server.UrlAsync();

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(data) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task AdminKey_FileDeleted_IsAnotherAfterRestart()
    {
        string old;
        using (var first = ServerProcessRun.Start(["--port", "0", "--data", _data]))
        {
            using var http = Client(await first.UrlAsync(), out old);
            first.Signal("TERM");
            await first.EndAsync();
        }
        Assert.StartsWith("authzk_", old);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(KeyPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.Delete(KeyPath);

        using var second = ServerProcessRun.Start(["--port", "0", "--data", _data]);
        using var again = Client(await second.UrlAsync(), out var made);

        Assert.NotEqual(old, made);
        (await new ApiClient(again, "").GetAsync("/api/v1/roles")).Is(200);
        (await new ApiClient(again, "").GetAsync("/api/v1/roles", ("Authorization", $"Bearer {old}"))).Refused(401, "unauthenticated");
    }

    private string KeyPath => Path.Combine(_data, "admin.key");

    private HttpClient Client(Uri url, out string key)
    {
        key = File.ReadAllText(KeyPath).Trim();
        var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }
}
