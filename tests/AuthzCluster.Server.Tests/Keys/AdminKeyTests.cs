using AuthzCluster.Hosting;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Keys;

/// <summary>The admin key and its file.</summary>
public sealed class AdminKeyTests : IAsyncLifetime
{
    private const string Roles = "/api/v1/roles", Admin = "/tenants/system/api/v1/api-keys/admin";

    private KeyServer _server = null!;

    public async Task InitializeAsync() => _server = await KeyServer.StartedAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task FirstStart_MakesAKeyLikeOthers()
    {
        var key = (await _server.Api.GetAsync(Admin)).Is(200);

        Assert.Equal(("admin", "service:admin", true), (key["id"].GetString(), key["subject"].GetString(), key["is_active"].GetBoolean()));
        Assert.Equal(["system"], key.Texts("tenants"));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_server.AdminKeyPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.StartsWith("authzk_", await TokenAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_FileThere_KeepsIt()
    {
        var before = await TokenAsync();

        await _server.StartAsync();

        Assert.Equal(before, await TokenAsync());
        (await _server.Api.GetAsync(Roles)).Is(200);
    }

    [Fact]
    public async Task Restart_FileDeleted_IsANewTokenAndTheOldOneIsDead()
    {
        var before = await TokenAsync();
        File.Delete(_server.AdminKeyPath);

        await _server.StartAsync();

        Assert.NotEqual(before, await TokenAsync());
        (await _server.Api.GetAsync(Roles)).Is(200);
        (await _server.Api.As(before).GetAsync(Roles)).Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task Restart_Revoked_StaysSoUntilTheFileIsDeleted()
    {
        // The last one would stay.
        (await _server.Api.DeleteAsync(Admin)).Refused(409, "system_role_protected");
        (await _server.Api.PostAsync("/tenants/system/api/v1/roles/super_admin/assign", new { user_id = "root" })).Is(200);
        (await _server.Api.DeleteAsync(Admin)).Is(204);
        await _server.StartAsync();
        (await _server.Api.GetAsync(Roles)).Refused(401, "unauthenticated");

        File.Delete(_server.AdminKeyPath);
        await _server.StartAsync();

        (await _server.Api.GetAsync(Roles)).Is(200);
        (await _server.Api.GetAsync("/api/v1/tenants")).Is(200);
    }

    [Fact]
    public async Task Restart_DataFromBeforeKeysHadRecords_TakesTheFilesKeyOver()
    {
        await _server.StopAsync();
        foreach (var file in Directory.GetFiles(_server.Data, "authz.db*"))
        {
            File.Delete(file);
        }
        await File.WriteAllTextAsync(_server.AdminKeyPath, "authzk_dGhpcnR5LXR3by1ieXRlcy1vZi1hbi1vbGQta2V5\n");

        await _server.StartAsync();

        (await _server.Api.GetAsync("/api/v1/tenants")).Is(200);
    }

    [Fact]
    public async Task Restart_RotatedOverTheApi_TheNewTokenWorksFromTheFileToo()
    {
        var rotated = (await _server.Api.PostAsync($"{Admin}/rotate", new { overlap = "PT0S" })).Is(200)["key"].GetString()!;
        await File.WriteAllTextAsync(_server.AdminKeyPath, rotated);

        await _server.StartAsync();

        (await _server.Api.GetAsync(Roles)).Is(200);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("authzk_01k.0123456789012345678901234567890123456789")]
    [InlineData("")]
    [InlineData("this is a text with spaces and no key at all, long enough")]
    [InlineData("0123456789012345678901234567890123456789\n0123456789012345678901234567890123456789")]
    [InlineData("01234567890123456789\u00000123456789012345678901234567890123456789")]
    [InlineData("\u00ff\u00fe0123456789012345678901234567890123456789")]
    public async Task Start_FileHoldsNoAdminKey_IsRefusedInOneLine(string content)
    {
        await _server.StopAsync();
        await File.WriteAllTextAsync(_server.AdminKeyPath, content);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(_server.StartAsync);

        Assert.Contains("admin.key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.True(content.Length == 0 || !refused.Message.Contains(content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_FileCannotBeWritten_LeavesNoTokenBehind()
    {
        await _server.StopAsync();
        File.Delete(_server.AdminKeyPath);
        Directory.CreateDirectory(_server.AdminKeyPath);

        await Assert.ThrowsAsync<StartRefusedException>(_server.StartAsync);

        Assert.DoesNotContain(Directory.GetFiles(_server.Data), file => file.Contains("admin.key", StringComparison.Ordinal));
        Directory.Delete(_server.AdminKeyPath);
        await _server.StartAsync();
        (await _server.Api.GetAsync("/api/v1/roles")).Is(200);
    }

    private async Task<string> TokenAsync() => (await File.ReadAllTextAsync(_server.AdminKeyPath)).Trim();
}
