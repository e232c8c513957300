using System.Text;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Keys;
using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Hosting.Keys;

/// <summary>
/// The key that an installation begins with: an API key like others, super_admin of <c>system</c>, whose token is in a file. Whoever
/// can write to the data directory is the administrator anyway, so a deleted file is a request for a new token. Works
/// before the first request.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="keys">The API keys.</param>
public sealed class AdminKey(string path, IApiKeys keys) : IHostedService
{
    /// <summary>The usual name of the file.</summary>
    public const string FileName = "admin.key";
    private const int ShortestKey = 32;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var found = SecretFile.Read(path);
        if (found is not null)
        {
            await EnsureAsync(Checked(found), isNew: false);
            return;
        }
        var token = ApiKeyToken.Make(ApiKeyId.Admin);
        // The file last: what a crash leaves is no file, so that the next start makes another token.
        await EnsureAsync(token, isNew: true);
        SecretFile.Write(path, Encoding.ASCII.GetBytes(token + "\n"));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Checked(byte[] content)
    {
        var token = Encoding.UTF8.GetString(content).Trim();
        // What no header can carry opens nothing.
        return token.Length >= ShortestKey && token.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 && ApiKeyToken.IdOf(token) == ApiKeyId.Admin
            ? token
            : throw new StartRefusedException($"{path} holds no admin key of at least {ShortestKey} characters; delete it to get a new one");
    }

    private async Task EnsureAsync(string token, bool isNew)
    {
        if ((await keys.EnsureAdminAsync(token, isNew)).Error is { } error)
        {
            throw new StartRefusedException($"the admin key cannot be made: {error.Detail}");
        }
    }
}
