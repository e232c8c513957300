using System.Globalization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Api.Manners;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;
using Microsoft.Extensions.Primitives;

namespace AuthzCluster.Server.Tests.Credentials;

/// <summary>What is remembered of credentials, and for how long, whoever reads them.</summary>
public sealed class CredentialCheckTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new(Start);
    private readonly CountingReader _reader = new();
    private readonly CredentialCheck _check;

    public CredentialCheckTests() => _check = new CredentialCheck([_reader], _clock, Allowance.Unlimited);

    [Fact]
    public async Task Find_CredentialThatIsOver_IsNobodyWhateverItsReaderSays()
    {
        _reader.ExpiresAt = Start;
        Assert.Null(await FindAsync("a"));
        _reader.ExpiresAt = Start.AddTicks(1);
        Assert.NotNull(await FindAsync("a"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await FindAsync("a"));
    }

    [Fact]
    public async Task Find_MoreThanOneCredential_IsNobody()
    {
        Assert.NotNull(await _check.FindAsync("Bearer a"));
        Assert.NotNull(await _check.FindAsync("bearer  a "));
        Assert.Null(await _check.FindAsync(new StringValues(["Bearer a", "Bearer a"])));
        Assert.Null(await _check.FindAsync(StringValues.Empty));
        Assert.Null(await _check.FindAsync("Basic a"));
    }

    [Fact]
    public async Task Find_HugeToken_IsNobodyAndNotEvenRead()
    {
        Assert.Null(await FindAsync(new string('a', (16 * 1024) + 1)));
        Assert.Equal(0, _reader.Count);
        Assert.NotNull(await FindAsync(new string('a', 16 * 1024)));
    }

    [Fact]
    public async Task Find_MoreThanCanBeRemembered_OldOnesAreReadAgain()
    {
        for (var i = 0; i < 10_001; i++)
        {
            await FindAsync(i.ToString(CultureInfo.InvariantCulture));
        }
        Assert.Equal(10_001, _reader.Count);
        await FindAsync("10000");
        Assert.Equal(10_001, _reader.Count);
        await FindAsync("0");
        Assert.Equal(10_002, _reader.Count);
    }

    [Fact]
    public async Task Find_ClockSetBack_IsRememberedNoLonger()
    {
        var clock = new SteppedTime();
        var check = new CredentialCheck([_reader], clock, Allowance.Unlimited);
        await check.FindAsync("Bearer a");
        clock.SetBack = TimeSpan.FromHours(1);
        clock.Passed = KnownCredential.Memory - TimeSpan.FromTicks(1);
        await check.FindAsync("Bearer a");
        Assert.Equal(1, _reader.Count);

        clock.Passed = KnownCredential.Memory;
        await check.FindAsync("Bearer a");
        Assert.Equal(2, _reader.Count);
    }

    [Fact]
    public async Task Find_AnotherTokenOfTheSameAccount_HasNoMoreOfIt()
    {
        var check = new CredentialCheck([_reader], _clock, new Allowance(1, 2));
        var (one, other) = ((await check.FindAsync("Bearer a"))!, (await check.FindAsync("Bearer b"))!);
        Assert.True(one.Share.TrySpend() && other.Share.TrySpend());
        Assert.False(one.Share.TrySpend() || other.Share.TrySpend());
        Assert.True(one.Share.TryTake(1));
        Assert.False(other.Share.TryTake(1));
    }

    [Fact]
    public void Account_OfAKey_IsItsMakersUnlessTheInstallationMadeIt()
    {
        static string Of(string id, string maker) => Credential.Of(new OpenedKey(
            new ApiKey { Id = new ApiKeyId(id), Owner = TenantId.Default, Name = "k", Tenants = [TenantId.Default], CreatedAt = Start, CreatedBy = maker }, Start)).Account;
        Assert.Equal(Of("k1", "user:ann"), Of("k2", "user:ann"));
        Assert.Equal(new Credential(SubjectId.User("ann"), [TenantId.Default]).Account, Of("k1", "user:ann"));
        Assert.NotEqual(Of("k1", "user:ann"), Of("k1", "user:bob"));
        Assert.NotEqual(Of("k1", "service:admin"), Of("k2", "service:admin"));
    }

    private ValueTask<Admission?> FindAsync(string token) => _check.FindAsync("Bearer " + token);

    // What the machine's clock says may be set; what passes, passes.
    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public TimeSpan SetBack { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;

        public override DateTimeOffset GetUtcNow() => Start + Passed - SetBack;
    }

    private sealed class CountingReader : ICredentialReader
    {
        public DateTimeOffset? ExpiresAt { get; set; }

        public int Count { get; private set; }

        public bool Reads(string token) => true;

        public ValueTask<Result<Credential?>> ReadAsync(string token)
        {
            Count++;
            return new((Credential?)new Credential(SubjectId.User("ann"), [TenantId.Default]) { ExpiresAt = ExpiresAt });
        }
    }
}
