using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Entities;

public class EntityEditorTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly EntityId Alice = new("user", "alice");
    private static readonly StoredEntity Nothing = new();

    [Fact]
    public void Put_Nothing_MakesIt()
    {
        var change = EntityEditor.Put(Alice, Nothing, Bag("x"), null, Now).Value!;
        Assert.Equal((true, false, 1L, true, Now, Now), (change.IsNew, change.IsNoOp, change.State.Revision, change.State.IsStored, change.State.CreatedAt, change.State.UpdatedAt));
        Assert.Equal(("entity.created", "entity", "user:alice"), (change.Audit!.Action, change.Audit.TargetType, change.Audit.TargetId));
        Assert.Null(change.Audit.Before);
    }

    [Fact]
    public void Put_TheSame_IsNoOpAndTheVeryStateThatWasGiven()
    {
        var stored = EntityEditor.Put(Alice, Nothing, AttributeBag.Of(("n", AttributeValue.Of(1m))), null, Now).Value!.State;
        var change = EntityEditor.Put(Alice, stored, AttributeBag.Of(("n", AttributeValue.Of(1.0m))), null, Now.AddDays(1)).Value!;
        Assert.True(change.IsNoOp);
        Assert.Same(stored, change.State);
    }

    [Fact]
    public void Put_AfterARemoval_IsNewAndItsRevisionGoesOn()
    {
        var stored = EntityEditor.Put(Alice, Nothing, Bag("x"), null, Now).Value!.State;
        var removed = EntityEditor.Delete(Alice, stored, 1, Now.AddDays(1)).Value!;
        Assert.Equal((2L, false, 0), (removed.State.Revision, removed.State.IsStored, removed.State.Properties.Count));
        Assert.Null(removed.Audit!.After);
        var again = EntityEditor.Put(Alice, removed.State, Bag("x"), null, Now.AddDays(2)).Value!;
        Assert.Equal((true, 3L, Now.AddDays(2)), (again.IsNew, again.State.Revision, again.State.CreatedAt));
    }

    [Theory]
    [InlineData(false, 1, ErrorCode.PreconditionFailed)]
    [InlineData(true, 2, ErrorCode.PreconditionFailed)]
    [InlineData(true, -1, ErrorCode.PreconditionFailed)]
    [InlineData(true, 1, null)]
    public void Put_AtAVersion_OnlyWhereItIs(bool isStored, long ifVersion, ErrorCode? refused)
    {
        var state = isStored ? EntityEditor.Put(Alice, Nothing, Bag("x"), null, Now).Value!.State : Nothing;
        Assert.Equal(refused, EntityEditor.Put(Alice, state, Bag("y"), ifVersion, Now).Error?.Code);
        Assert.Equal(isStored ? refused : ErrorCode.NotFound, EntityEditor.Delete(Alice, state, ifVersion, Now).Error?.Code);
    }

    [Fact]
    public void Put_AllThatIsWrong_IsNamed()
    {
        var deep = Enumerable.Range(0, 40).Aggregate(AttributeValue.Null, (inner, _) => AttributeValue.Of([inner]));
        var refused = EntityEditor.Put(new EntityId("a:b", ""), Nothing, AttributeBag.Of(("deep", deep)), null, Now).Error!;
        Assert.Equal(["type", "id", "properties"], refused.Fields.Select(field => field.Field));
        Assert.Null(EntityEditor.Put(new EntityId(new string('t', 256), new string('i', 256)), Nothing, Bag("x"), null, Now).Error);
    }

    [Fact]
    public void AddTypes_OncePerType_ChangesTheModelOnce()
    {
        var model = new TenantModel { Id = TenantId.Default, DisplayName = "x" };
        var change = EntityTypeEditor.Add(model, ["user", "invoices", "user"], Now).Value!;
        Assert.Equal(2, change.Model.Revision);
        Assert.Equal(["invoices", "user"], change.Model.EntityTypes);
        Assert.True(EntityTypeEditor.Add(change.Model, ["user"], Now).Value!.IsNoOp);
        Assert.False(EntityTypeEditor.Add(change.Model, ["User"], Now).Value!.IsNoOp);
        Assert.NotEqual(model, change.Model with { Revision = 1, UpdatedAt = model.UpdatedAt });
    }

    [Fact]
    public void AddTypes_TooMany_IsRefused()
    {
        var model = new TenantModel { Id = TenantId.Default, DisplayName = "x" };
        var full = EntityTypeEditor.Add(model, [.. Enumerable.Range(0, 1000).Select(i => $"t{i}")], Now).Value!.Model;
        Assert.Equal(ErrorCode.ValidationFailed, EntityTypeEditor.Add(full, ["one more"], Now).Error?.Code);
        Assert.True(EntityTypeEditor.Add(full, ["t1"], Now).IsOk);
    }

    private static AttributeBag Bag(string value) => AttributeBag.Of(("p", AttributeValue.Of(value)));
}
