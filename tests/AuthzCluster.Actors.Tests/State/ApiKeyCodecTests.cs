using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.State;

public sealed class ApiKeyCodecTests
{
    private static readonly DateTimeOffset Time = new(2026, 7, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);

    // The one of the golden file: never change it.
    private static readonly ApiKeyState Sample = new(
        new ApiKey
        {
            Id = new ApiKeyId("01k"), Owner = new TenantId("acme"), Name = "nightly ä", Roles = ["reader", "r2"], Tenants = [new("acme"), new("other")],
            NarrowedTo = [Permission.Parse("invoices:*"), Permission.Parse("orders:read:own")], CreatedAt = Time, CreatedBy = "user:boss",
            ExpiresAt = Time.AddDays(30), RotatedAt = Time.AddDays(1), PreviousUntil = Time.AddDays(2), LastUsedAt = Time.AddDays(3), RevokedAt = Time.AddDays(4),
        },
        ApiKeyStage.Active, [.. Enumerable.Range(0, 32).Select(i => (byte)i)], [.. Enumerable.Range(32, 32).Select(i => (byte)i)]);

    private static readonly ApiKeyState Least = new(
        new ApiKey { Id = ApiKeyId.Admin, Owner = TenantId.System, Name = "a", Tenants = [TenantId.System], CreatedAt = Time, CreatedBy = "x" },
        ApiKeyStage.Making, [1], []);

    private static string Golden => Path.Combine(AppContext.BaseDirectory, "State", "Golden", "api-key-1.bin");

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        AssertSame(Sample, ApiKeyCodec.Decode(ApiKeyCodec.Encode(Sample)));
        AssertSame(Least, ApiKeyCodec.Decode(ApiKeyCodec.Encode(Least)));
        var rotated = Least with { Key = Least.Key with { RotatedBy = ["user:ulla", "service:k"] } };
        Assert.Equal<IEnumerable<string>>(["user:ulla", "service:k"], ApiKeyCodec.Decode(ApiKeyCodec.Encode(rotated)).Key.RotatedBy);
    }

    [Fact]
    public void Golden_OfVersion1_IsReadableAndWrittenToday()
    {
        AssertSame(Sample, ApiKeyCodec.Decode(File.ReadAllBytes(Golden)));
        Assert.Equal(File.ReadAllBytes(Golden), ApiKeyCodec.Encode(Sample));
    }

    [Fact]
    public void Decode_NewerVersion_SaysSo() =>
        Assert.Contains("format 2", Assert.Throws<StateFormatException>(() => ApiKeyCodec.Decode([2, 0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Decode_DamagedBytes_ThrowsNothingElse()
    {
        var (random, good) = (new Random(1), ApiKeyCodec.Encode(Sample));
        for (var i = 0; i < 2_000; i++)
        {
            var bad = good[..random.Next(1, good.Length + 1)];
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                ApiKeyCodec.Decode(bad);
            }
            catch (StateFormatException)
            {
                // That is the one way to refuse.
            }
        }
    }

    // Lists are compared by what is in them.
    private static void AssertSame(ApiKeyState expected, ApiKeyState actual)
    {
        Assert.Equal(Flat(expected), Flat(actual));
        Assert.Equal(expected.Key.Roles.AsEnumerable(), actual.Key.Roles);
        Assert.Equal(expected.Key.Tenants.AsEnumerable(), actual.Key.Tenants);
        Assert.Equal(expected.Key.NarrowedTo?.AsEnumerable(), actual.Key.NarrowedTo?.AsEnumerable());
        Assert.Equal(expected.Hash.AsEnumerable(), actual.Hash);
        Assert.Equal(expected.PreviousHash.AsEnumerable(), actual.PreviousHash);
    }

    private static ApiKeyState Flat(ApiKeyState state) =>
        state with { Key = state.Key with { Roles = default, Tenants = default, NarrowedTo = null }, Hash = default, PreviousHash = default };
}
