using System.Collections.Immutable;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.Services;

public sealed class ApiKeyTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<byte> Old = ApiKeyToken.HashOf("old"), New = ApiKeyToken.HashOf("new");

    [Fact]
    public void Make_Tokens_NameTheirKeyAndAreAllDifferent()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => ApiKeyToken.Make(new ApiKeyId("01k"))).ToHashSet();

        Assert.Equal(1000, tokens.Count);
        Assert.All(tokens, token => Assert.Equal(new ApiKeyId("01k"), ApiKeyToken.IdOf(token)));
        Assert.All(tokens, token => Assert.Matches("^authzk_01k\\.[A-Za-z0-9_-]{43}$", token));
    }

    [Theory]
    [InlineData("authzk_01k.secret", "01k")]
    [InlineData("authzk_admin.s", "admin")]
    [InlineData("authzk_9fK2_-secret-of-old", "admin")]
    [InlineData("made-by-hand", "admin")]
    [InlineData("", null)]
    [InlineData("authzk_.secret", null)]
    [InlineData("authzk_a.b.secret", null)]
    [InlineData("authzk_a/b.secret", null)]
    [InlineData("authzk_ä.secret", null)]
    [InlineData("Authzk_01k.secret", null)]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", null)]
    [InlineData("authzk_0123456789012345678901234567890123456789x.secret", null)]
    public void IdOf_Token_IsReadOneWay(string token, string? id) => Assert.Equal(id, ApiKeyToken.IdOf(token)?.Value);

    [Fact]
    public void IdOf_HugeToken_IsNone() => Assert.Null(ApiKeyToken.IdOf(new string('a', 513)));

    [Fact]
    public void Open_LatestAndPrevious_EachInItsTime()
    {
        var state = State(Now.AddDays(2), Now.AddDays(1));

        Assert.Equal(Now.AddDays(2), ApiKeyToken.Open(New, state, Now)?.Until);
        Assert.Equal(Now.AddDays(1), ApiKeyToken.Open(Old, state, Now)?.Until);
        Assert.Equal(Now.AddDays(1), ApiKeyToken.Open(Old, State(Now.AddDays(1), Now.AddDays(2)), Now)?.Until);
        Assert.Null(ApiKeyToken.Open(Old, state, Now.AddDays(1)));
        Assert.NotNull(ApiKeyToken.Open(New, state, Now.AddDays(2).AddTicks(-1)));
        Assert.Null(ApiKeyToken.Open(New, state, Now.AddDays(2)));
        Assert.Null(ApiKeyToken.Open(ApiKeyToken.HashOf("other"), state, Now));
        Assert.Null(ApiKeyToken.Open(New, null, Now));
    }

    [Theory]
    [InlineData(ApiKeyStage.Making)]
    [InlineData(ApiKeyStage.Revoking)]
    [InlineData(ApiKeyStage.Revoked)]
    public void Open_KeyThatDoesNotCount_IsNothing(ApiKeyStage stage) => Assert.Null(ApiKeyToken.Open(New, State(null, null) with { Stage = stage }, Now));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    public void Open_HashThatDiffersInOneByte_IsNothing(int place)
    {
        var state = State(null, Now.AddDays(1));

        Assert.Null(ApiKeyToken.Open(New.SetItem(place, (byte)~New[place]), state, Now));
        Assert.Null(ApiKeyToken.Open(Old.SetItem(place, (byte)~Old[place]), state, Now));
    }

    [Fact]
    public void Open_ZerosAgainstNoHash_IsNothing() =>
        Assert.Null(ApiKeyToken.Open([.. new byte[32]], State(null, Now.AddDays(1)) with { Hash = [], PreviousHash = [] }, Now));

    private static ApiKeyState State(DateTimeOffset? end, DateTimeOffset? previousUntil)
    {
        var key = new ApiKey
        {
            Id = new ApiKeyId("k"), Owner = TenantId.Default, Name = "n", Tenants = [TenantId.Default], CreatedAt = Now, CreatedBy = "x", ExpiresAt = end, PreviousUntil = previousUntil,
        };
        return new ApiKeyState(key, ApiKeyStage.Active, New, previousUntil is null ? [] : Old);
    }
}
