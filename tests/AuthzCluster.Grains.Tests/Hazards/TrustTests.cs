using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Grains.Services;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>Who is outside of the silos is not beyond question because it says so.</summary>
public sealed class TrustTests
{
    [Fact]
    public async Task Ports_ToldByAClientThatItIsTrusted_JudgeItAsAnybody()
    {
        await using var cluster = await BareCluster.StartAsync();
        await cluster.RoleAsync("reader", "invoices:read");
        var mallory = new Caller(SubjectId.User("mallory"), "r") { IsTrusted = true };
        var ports = cluster.Outside;

        Assert.Equal(ErrorCode.Forbidden, (await ports.Roles.CreateAsync(BareCluster.Tenant, new RoleDraft { Name = "mine", Permissions = ["*"] }, mallory)).Error?.Code);
        Assert.Equal(ErrorCode.Forbidden, (await ports.Assignments.AssignAsync(BareCluster.Tenant, "reader", new AssignmentDraft(mallory.Principal), mallory)).Error?.Code);
        Assert.False(await cluster.MayAsync("mallory", "invoices:read"));

        // The same from inside is the service's own doing.
        BareCluster.Ok(await cluster.Inside.Assignments.AssignAsync(BareCluster.Tenant, "reader", new AssignmentDraft(mallory.Principal), mallory));
        Assert.True(await cluster.MayAsync("mallory", "invoices:read"));
    }

    [Fact]
    public async Task AdminKey_MadeByAClient_IsRefused()
    {
        await using var cluster = await BareCluster.StartAsync();
        var token = ApiKeyToken.Make(ApiKeyId.Admin);

        Assert.Equal(ErrorCode.Forbidden, (await cluster.Outside.ApiKeys.EnsureAdminAsync(token, isNew: true)).Error?.Code);
        Assert.Null((await cluster.Outside.ApiKeys.FindAsync(token)).Value);
    }

    [Fact]
    public void Ports_AllOfThem_DropTrust()
    {
        var ports = typeof(IPortGrain).Assembly.GetTypes().Where(type => type.IsClass && !type.IsNested && type.Namespace == typeof(IPortGrain).Namespace).ToArray();
        Assert.True(ports.Length >= 11);
        Assert.All(ports.Where(type => type.Name != nameof(NodeGrain)), type => Assert.True(typeof(IPortGrain).IsAssignableFrom(type), type.Name));
    }

    [Fact]
    public void Callers_InMessages_AreArgumentsOfTheirOwn()
    {
        // In another message the filter of the ports would not find one.
        var holders = Abstractions.Wire.ContractTypes.All.Values.Where(type => type.GetProperties().Any(member => member.PropertyType == typeof(Caller)));
        Assert.Empty(holders);
    }
}
