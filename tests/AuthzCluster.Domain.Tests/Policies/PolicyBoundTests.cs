using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Policies;

/// <summary>How large the policies of a tenant may be together, whichever way they are written.</summary>
public class PolicyBoundTests
{
    private const int Most = 64;

    private static readonly DateTimeOffset Now = Tenant.Now;

    private static readonly RoleId Clerk = new("clerk");

    private static readonly Condition Large = new("attribute_match", AttributeBag.Of(
        ("attribute", AttributeValue.Of("x")), ("operator", AttributeValue.Of("in")), ("expected", AttributeValue.Of([AttributeValue.Of(new string('x', 16_000))]))));

    private static readonly Lazy<TenantModel> Full = new(Fill);

    public static TheoryData<string> Writes => [.. All.Keys];

    private static Dictionary<string, Func<TenantModel, Result<ModelChange>>> All { get; } = new()
    {
        ["create"] = model => PolicyEditor.Create(model, Draft("new", 4), "new", Now),
        ["replace"] = model => PolicyEditor.Replace(model, "small", Draft("small", 4), null, Now),
        ["attach"] = model => PolicyEditor.Attach(model, Clerk, Draft("new", 4), "new", null, Now),
        ["make a role"] = model => RoleEditor.Create(model, new RoleDraft { Name = "new", Policies = [Draft("new", 4)] }, new RoleId("new"), Now),
        ["make and assign a role"] = model => RoleEditor.Create(model, new RoleDraft { Name = "new", Policies = [Draft("new", 4)], AssignedTo = [new("user", "a")] }, new RoleId("new"), Now),
        ["replace a role"] = model => RoleEditor.Replace(model, Clerk, new RoleDraft { Name = "clerk", Policies = [Draft("new", 4)] }, null, Now),
        ["import"] = model => Import(model, new ModelImport([]) { Policies = [Draft("new", 4)] }),
        ["import in place of one"] = model => Import(model, new ModelImport([]) { Policies = [Draft("small", 4)] }),
        ["import with a role"] = model => Import(model, new ModelImport([new RoleDraft { Name = "new", Policies = [Draft("new", 4)] }])),
        ["import in place of a role"] = model => Import(model, new ModelImport([new RoleDraft { Name = "clerk", Policies = [Draft("new", 4)] }])),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public void Write_BeyondWhatPoliciesMayBeTogether_IsRefused(string write)
    {
        var change = All[write](Full.Value);
        Assert.Equal(ErrorCode.InvalidState, change.Error?.Code);
        Assert.Contains("at most 33554432 are possible", change.Error!.Detail, StringComparison.Ordinal);
        Assert.True(All[write](PolicyEditor.Delete(Full.Value, "p0", null, Now).Value!.Model).IsOk);
        // More than there may be is there: from before there was a bound.
        Assert.Equal(ErrorCode.InvalidState, All[write](Above()).Error?.Code);
    }

    [Fact]
    public void Write_WhereMoreIsStoredThanMayBe_MayShrinkAndLeaveThem()
    {
        var above = Above();
        Assert.True(above.Ledger.Size > PolicyRules.LargestOfTenant);
        var smaller = PolicyEditor.Replace(above, "p0", Draft("p0", Most - 1), null, Now).Value!.Model;
        Assert.InRange(smaller.Ledger.Size, PolicyRules.LargestOfTenant, above.Ledger.Size - 1);
        Assert.True(PolicyEditor.Delete(above, "p0", null, Now).IsOk);
        Assert.True(PolicyEditor.Replace(above, "p0", Draft("p0", Most) with { Priority = 7 }, null, Now).IsOk);
        Assert.True(RoleEditor.AddPermission(above, Clerk, "a:b", null, Now).IsOk);
        Assert.True(Import(above, new ModelImport([new RoleDraft { Name = "other", Permissions = ["a:b"] }])).IsOk);
        Assert.True(TenantEditor.Update(above, new TenantPatch { Packs = ["business"] }, null, Now).IsOk);
    }

    [Fact]
    public void Write_OfARole_CountsWhatItHas()
    {
        var attached = PolicyEditor.Attach(Tenant.Of(Tenant.Role("clerk", [])), Clerk, Draft("p", 1), "p", null, Now).Value!.Model;
        Assert.InRange(attached.Ledger.Size, 16_000, 16_000 + 600);
        Assert.Equal(Clerk, attached.Ledger.HolderOf("p"));
        var gone = RoleEditor.FinishDelete(RoleEditor.BeginDelete(attached, Clerk, null, Now).Value!.Model, Clerk, Now).Value!.Model;
        Assert.Equal((0, null), (gone.Ledger.Size, gone.Ledger.HolderOf("p")));
    }

    [Fact]
    public void Size_ShortTextsAndValues_CountMoreThanTheirCharacters()
    {
        var numbers = AttributeValue.Of([.. Enumerable.Range(0, 1000).Select(i => AttributeValue.Of((decimal)i))]);
        var policy = new PolicyDefinition
        {
            Id = "p", Name = "p", Effect = PolicyEffect.Deny, Resources = [.. Enumerable.Repeat("a", 100)],
            Conditions = [new Condition("attribute_match", AttributeBag.Of(("expected", numbers)))],
        };
        Assert.InRange(PolicySize.Of(policy), 1100 * PolicySize.OfEach, 1200 * PolicySize.OfEach);
    }

    private static TenantModel Fill()
    {
        var model = PolicyEditor.Create(Tenant.Of(Tenant.Role("clerk", [])), Draft("small", 0), "small", Now).Value!.Model;
        foreach (var conditions in (ReadOnlySpan<int>)[Most, 1])
        {
            for (var i = 0; PolicyEditor.Create(model, Draft($"p{conditions % Most}-{i}", conditions), "", Now) is { IsOk: true, Value: { } change }; i++)
            {
                model = change.Model;
            }
        }
        return PolicyEditor.Create(PolicyEditor.Delete(model, "p0-0", null, Now).Value!.Model, Draft("p0", Most), "", Now).Value!.Model;
    }

    private static TenantModel Above()
    {
        var large = Full.Value.Policies["p0"];
        return Full.Value with { Policies = Full.Value.Policies.SetItems(Enumerable.Range(0, 3).Select(i => KeyValuePair.Create($"old{i}", large with { Id = $"old{i}" }))) };
    }

    private static Result<ModelChange> Import(TenantModel model, ModelImport import) => ModelImporter.Import(model, import, () => "made", "user:root", Now).Map(imported => imported.Change);

    private static PolicyDraft Draft(string id, int conditions) => new() { Id = id, Name = "p", Effect = PolicyEffect.Deny, Conditions = [.. Enumerable.Repeat(Large, conditions)] };
}
