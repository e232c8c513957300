using System.Security.Cryptography;
using AuthzCluster.Grains.Abstractions.Calls;

namespace AuthzCluster.TestingHost.Running;

/// <summary>The key of <c>service:admin</c>, which may everything: made when it is first asked for.</summary>
internal sealed class AdminKey(Func<ClusterPorts> ports)
{
    private const int Length = 32;

    private readonly Lock _gate = new();
    private Task<string>? _made;

    public Task<string> ReadAsync()
    {
        lock (_gate)
        {
            return _made is { IsFaulted: false } made ? made : _made = MakeAsync();
        }
    }

    private async Task<string> MakeAsync()
    {
        var token = RandomNumberGenerator.GetHexString(Length);
        var made = await ports().ApiKeys.EnsureAdminAsync(token, isNew: true);
        return made is { IsOk: true, Value: true } ? token
            : throw new InvalidOperationException($"the administrator's key cannot be made: {made.Error?.Detail ?? "there is another"}");
    }
}
