using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Roles;

public class SharedSetsTests
{
    [Fact]
    public void Compile_RolesThatGiveTheSame_ShareOneSet()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(
            Tenant.Role("base", ["a:read", "b:*"]),
            Tenant.Role("child", [], Tenant.Full("base")),
            Tenant.Role("grandchild", ["a:read"], Tenant.Full("child")),
            Tenant.Role("twin", ["b:*", "a:read"]),
            Tenant.Role("other", ["a:read", "b:*:own"])));
        PermissionSet Of(string role) => tenant.Find(new RoleId(role))!.Certain;
        Assert.Same(Of("base"), Of("child"));
        Assert.Same(Of("base"), Of("grandchild"));
        Assert.Same(Of("base"), Of("twin"));
        Assert.NotSame(Of("base"), Of("other"));
    }

    [Fact]
    public void Update_OneRole_KeepsTheSetsOfTheOthers()
    {
        var tenant = CompiledTenant.Compile(Tenant.Of(Tenant.Role("base", ["a:read"]), Tenant.Role("child", ["b:read"], Tenant.Full("base")), Tenant.Role("far", ["c:read"])));
        var changed = Tenant.Role("base", ["a:read", "a:write"]);
        var next = tenant.Update(tenant.Model with { Revision = 2, Roles = tenant.Model.Roles.SetItem(changed.Id, changed) }, [changed.Id]);
        Assert.Same(tenant.Find(new RoleId("far")), next.Find(new RoleId("far")));
        Assert.Equal(3, next.Find(new RoleId("child"))!.Certain.Count);
        Assert.Equal(2, tenant.Find(new RoleId("child"))!.Certain.Count);
    }
}
