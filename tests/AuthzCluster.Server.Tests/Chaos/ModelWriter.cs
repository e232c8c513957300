using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>Imports one model again and again, every role of it changed.</summary>
internal sealed class ModelWriter(ApiClient api, Ledger ledger, Random random) : Writer("model", api, ledger, random)
{
    private const int RoleCount = 100;

    protected override Task StepAsync()
    {
        var version = Random.Next(1_000_000);
        var roles = Enumerable.Range(0, RoleCount).Select(role => new { name = $"m-{role}", permissions = new[] { $"m-{role}:v{version}" } }).ToArray();
        return SendAsync("POST", "/api/v1/import?format=authz", new { roles },
            new ChaosWrite(NewId(), roles.ToDictionary(role => Facts.Role(role.name), role => role.permissions[0])) { MoreRecords = 1 });
    }
}
