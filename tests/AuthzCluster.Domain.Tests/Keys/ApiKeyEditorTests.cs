using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Keys;

public sealed class ApiKeyEditorTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<byte> First = [1, 2, 3], Second = [4, 5, 6], Third = [7, 8, 9];
    private static readonly ApiKeyDraft Draft = new("ci") { Roles = ["b", "a", "b"], Tenants = [new("z"), new("a"), new("z")] };

    [Fact]
    public void Make_Good_IsTidiedAndOpensNothingYet()
    {
        var state = Make(Draft with { Permissions = ["b:c", "a:b", "b:c"], ExpiresAt = Now.AddTicks(15) });

        Assert.Equal(["b", "a"], state.Key.Roles.AsEnumerable());
        Assert.Equal(["a", "z"], state.Key.Tenants.Select(tenant => tenant.Value));
        Assert.Equal(["a:b", "b:c"], state.Key.NarrowedTo!.Value.Select(permission => permission.ToString()));
        Assert.Equal(Now.AddTicks(10), state.Key.ExpiresAt);
        Assert.Equal("service:k", state.Key.Subject.ToString());
        Assert.False(state.IsOpenAt(Now));
        Assert.True(ApiKeyEditor.Activate(state).State.IsOpenAt(Now));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("roles")]
    [InlineData("roles[1]")]
    [InlineData("tenants")]
    [InlineData("tenants[0]")]
    [InlineData("permissions")]
    [InlineData("permissions[1]")]
    [InlineData("expires_at")]
    public void Make_Bad_NamesTheField(string field)
    {
        var bad = field switch
        {
            "name" => Draft with { Name = new string('x', 101) },
            "roles" => Draft with { Roles = [.. Enumerable.Range(0, 101).Select(i => $"r{i}")] },
            "roles[1]" => Draft with { Roles = ["a", null] },
            "tenants" => Draft with { Tenants = [] },
            "tenants[0]" => Draft with { Tenants = [new("")] },
            "permissions" => Draft with { Permissions = [] },
            "permissions[1]" => Draft with { Permissions = ["a:b", "nonsense"] },
            _ => Draft with { ExpiresAt = Now },
        };

        var refused = Try(bad).Error;

        Assert.Equal(ErrorCode.ValidationFailed, refused?.Code);
        Assert.Contains(refused!.Fields, wrong => wrong.Field == field);
    }

    [Fact]
    public void Make_TooMany_IsRefused()
    {
        Assert.NotNull(Try(Draft with { Tenants = [.. Enumerable.Range(0, 101).Select(i => new TenantId($"t{i}"))] }).Error);
        Assert.NotNull(Try(Draft with { Permissions = [.. Enumerable.Range(0, 1001).Select(i => $"a:b{i}")] }).Error);
        Assert.Null(Try(Draft with { Permissions = [.. Enumerable.Range(0, 1000).Select(i => $"a:b{i}")] }).Error);
    }

    [Fact]
    public void Make_ByANarrowedCaller_StaysWithin()
    {
        Permission[] within = [Permission.Parse("invoices:*"), Permission.Parse("orders:read:team")];

        Assert.Equal(["invoices:*", "orders:read:team"], Try(Draft, within).Value!.Key.NarrowedTo!.Value.Select(permission => permission.ToString()));
        Assert.True(Try(Draft with { Permissions = ["invoices:read", "orders:read:own"] }, within).IsOk);
        foreach (var beyond in new[] { "*", "orders:read", "users:read" })
        {
            Assert.Equal(ErrorCode.Forbidden, Try(Draft with { Permissions = ["invoices:read", beyond] }, within).Error?.Code);
        }
        Assert.Null(ApiKeyEditor.BeyondOf(null, null));
        Assert.NotNull(ApiKeyEditor.BeyondOf(null, within));
    }

    [Fact]
    public void Rotate_TwiceInTheOverlap_KeepsTheLatestTwo()
    {
        var active = Active();
        var once = ApiKeyEditor.Rotate(active, Second, TimeSpan.FromHours(1), "user:ulla", Now).Value!.State;
        Assert.Equal((Second, First, Now.AddHours(1)), (once.Hash, once.PreviousHash, once.Key.PreviousUntil));

        var twice = ApiKeyEditor.Rotate(once, Third, TimeSpan.FromHours(1), "user:ulla", Now).Value!.State;
        Assert.Equal((Third, Second), (twice.Hash, twice.PreviousHash));

        var atOnce = ApiKeyEditor.Rotate(twice, First, TimeSpan.Zero, "user:ulla", Now).Value!.State;
        Assert.Equal((First, true, null), (atOnce.Hash, atOnce.PreviousHash.IsEmpty, atOnce.Key.PreviousUntil));
    }

    [Fact]
    public void Rotate_BadOverlapOrOver_IsRefused()
    {
        Assert.Equal("overlap", Rotate(TimeSpan.FromDays(30) + TimeSpan.FromTicks(1))!.Fields[0].Field);
        Assert.Equal("overlap", Rotate(TimeSpan.FromTicks(-1))!.Fields[0].Field);
        Assert.Null(Rotate(TimeSpan.FromDays(30)));
        Assert.Equal(ErrorCode.InvalidState, ApiKeyEditor.Rotate(Active(Now.AddHours(1)), Second, TimeSpan.Zero, "user:ulla", Now.AddHours(1)).Error?.Code);

        static AuthzError? Rotate(TimeSpan overlap) => ApiKeyEditor.Rotate(Active(), Second, overlap, "user:ulla", Now).Error;
    }

    [Fact]
    public void Revoke_Key_KeepsNoHash()
    {
        var state = ApiKeyEditor.Revoke(ApiKeyEditor.Rotate(Active(), Second, TimeSpan.FromHours(1), "user:ulla", Now).Value!.State, Now).State;

        Assert.True(state.Hash.IsEmpty && state.PreviousHash.IsEmpty && !state.IsOpenAt(Now) && !state.Key.IsActiveAt(Now));
    }

    [Fact]
    public void Touch_WithinAMinute_IsNotWorthAWrite()
    {
        var touched = ApiKeyEditor.Touch(Active(), Now)!;

        Assert.Null(ApiKeyEditor.Touch(touched, Now.AddSeconds(59)));
        Assert.Equal(Now.AddSeconds(60), ApiKeyEditor.Touch(touched, Now.AddSeconds(60))!.Key.LastUsedAt);
        Assert.Null(ApiKeyEditor.Touch(ApiKeyEditor.Revoke(touched, Now).State, Now.AddDays(1)));
    }

    [Fact]
    public void Audit_OfAWholeLife_SaysNothingOfHashes()
    {
        var made = ApiKeyEditor.Activate(Make(Draft));
        var rotated = ApiKeyEditor.Rotate(made.State, Second, TimeSpan.FromHours(1), "user:ulla", Now).Value!;
        var revoked = ApiKeyEditor.Revoke(rotated.State, Now);

        Assert.Equal(["api_key.created", "api_key.rotated", "api_key.revoked"], new[] { made, rotated, revoked }.Select(change => change.Audit!.Action));
        var names = new[] { made, rotated, revoked }.SelectMany(change => new[] { change.Audit!.Before, change.Audit.After }).SelectMany(bag => bag ?? AttributeBag.Empty);
        Assert.DoesNotContain(names, member => member.Key.Contains("hash", StringComparison.Ordinal));
    }

    private static ApiKeyState Active(DateTimeOffset? until = null) => ApiKeyEditor.Activate(Make(Draft with { ExpiresAt = until })).State;

    private static ApiKeyState Make(ApiKeyDraft draft) => Try(draft).Value!;

    private static Result<ApiKeyState> Try(ApiKeyDraft draft, IReadOnlyList<Permission>? within = null) =>
        ApiKeyEditor.Make(new ApiKeyId("k"), new TenantId("home"), draft, within, First, "user:boss", Now);
}
