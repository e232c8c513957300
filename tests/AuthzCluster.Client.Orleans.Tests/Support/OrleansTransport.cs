using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Client.Contract.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.TestingHost;

namespace AuthzCluster.Client.Orleans.Tests.Support;

/// <summary>Orleans to two real silos.</summary>
public sealed class OrleansTransport : ITransport, IAsyncLifetime
{
    private static readonly Caller Admin = new(new SubjectId("service", "tests"), "tests") { IsTrusted = true };

    private string _key = "";
    private int _tenants;

    internal AuthzTestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster = await AuthzTestCluster.StartAsync(silos: 2);
        _key = await Cluster.ReadAdminKeyAsync();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    public IClients Of(string tenant, string? key = null) => new GrainClients(Cluster, options => (options.Tenant, options.ApiKey) = (tenant, key ?? _key));

    public async Task<string> MakeTenantAsync(string? id = null, params string[] packs)
    {
        var tenant = new TenantId(id ?? $"t{Interlocked.Increment(ref _tenants)}");
        Ok(await Cluster.Ports.Tenants.CreateAsync(tenant, new TenantPatch { Packs = packs }, Admin));
        return tenant.Value;
    }

    public async Task SetEditionAsync(string tenant, string edition) => Ok(await Cluster.Ports.Tenants.UpdateAsync(
        new TenantId(tenant), new TenantPatch { Edition = edition == "core" ? Edition.Core : Edition.WriterPro }, null, Admin));

    public async Task<(Principal Who, string Key)> MakeKeyAsync(string tenant, params string[] roles)
    {
        var draft = new ApiKeyDraft("key") { Roles = roles, Tenants = [new TenantId(tenant)] };
        var made = Ok(await Cluster.Ports.ApiKeys.CreateAsync(new TenantId(tenant), draft, Admin));
        return (Principal.Service(made.Key.Id.Value), made.Token);
    }

    public async Task RevokeKeyAsync(string tenant, Principal who) => Ok(await Cluster.Ports.ApiKeys.RevokeAsync(new TenantId(tenant), new ApiKeyId(who.Id), Admin));

    public async Task JoinAsync(string tenant, string team, string user) =>
        Ok(await Cluster.Ports.Assignments.JoinTeamAsync(new TenantId(tenant), team, SubjectId.User(user), Admin));

    public async Task<int> CountRefusalsAsync(string tenant, Principal who) => Ok(await Cluster.Ports.AuditTrail.ListAsync(
        new TenantId(tenant), new AuditQuery(null, 100) { Action = "access.refused", Actor = who.ToString() })).Items.Count;

    public async Task ImportAsync(string tenant, IReadOnlyList<string> roles, int holders)
    {
        var drafts = roles.Select(name => new RoleDraft { Name = name, Permissions = ["a:read"] }).ToList();
        Ok(await Cluster.Ports.ModelTransfer.ImportModelAsync(new TenantId(tenant), new ModelImport(drafts), dryRun: false, Admin));
        var rows = Enumerable.Range(0, holders).Select(i => new AssignmentRow(roles[0], new AssignmentDraft(SubjectId.User($"u{i}")))).ToList();
        Ok(await Cluster.Ports.ModelTransfer.ImportAssignmentsAsync(new TenantId(tenant), rows, dryRun: false, Admin));
    }

    private static T Ok<T>(Result<T> result) => result.IsOk ? result.Value : throw new InvalidOperationException($"{result.Error.Code}: {result.Error.Detail}");
}
