using System.Globalization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Api.Http;
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

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

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
    public async Task Find_OfAReaderThatLooksElsewhere_IsJudgedAnewBesideTheRequests()
    {
        _reader.LooksElsewhere = true;
        var first = await FindAsync("a");
        _clock.Advance(Renewal - TimeSpan.FromTicks(1));
        await FindAsync("a");
        Assert.Equal(1, _reader.Count);

        _clock.Advance(TimeSpan.FromTicks(1));
        await UntilAsync(async () => (await FindAsync("a") ?? throw new InvalidOperationException("nobody")) != first);
        Assert.Equal(2, _reader.Count);

        // Whatever its age was when the reader went away: it counts for three seconds more.
        _reader.IsAway = true;
        _clock.Advance(KnownCredential.Memory - TimeSpan.FromTicks(1));
        Assert.NotNull(await FindAsync("a"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(503, (await Assert.ThrowsAsync<ProblemException>(async () => await FindAsync("a"))).Problem.Status);
        _reader.IsAway = false;
        Assert.NotNull(await FindAsync("a"));
    }

    [Fact]
    public async Task Find_WhileTheReaderIsAway_AsksItOnceASecondHoweverManyCome()
    {
        _reader.LooksElsewhere = true;
        await FindAsync("a");
        _reader.IsAway = true;
        for (var seconds = 2; seconds < 5; seconds++)
        {
            _clock.Advance(seconds == 2 ? Renewal : TimeSpan.FromSeconds(1));
            for (var i = 0; i < 100; i++)
            {
                Assert.NotNull(await FindAsync("a"));
            }
            await UntilAsync(() => Task.FromResult(_reader.Count == seconds));
        }
        Assert.Equal(4, _reader.Count);
    }

    [Fact]
    public async Task Find_OfWhatIsFoundRevokedMeanwhile_IsNobodyBeforeTheVerdictIsForgotten()
    {
        _reader.LooksElsewhere = true;
        await FindAsync("a");
        _reader.IsRevoked = true;
        _clock.Advance(Renewal);
        await FindAsync("a");

        await UntilAsync(async () => await FindAsync("a") is null);
    }

    [Fact]
    public async Task Find_OfAReaderThatLooksNowhere_IsNotJudgedBeforeTheVerdictIsForgotten()
    {
        await FindAsync("a");
        _clock.Advance(KnownCredential.Memory - TimeSpan.FromTicks(1));
        await FindAsync("a");
        await Task.Delay(20);
        Assert.Equal(1, _reader.Count);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            await Task.Delay(1, patience.Token);
        }
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
        private int _count;

        public DateTimeOffset? ExpiresAt { get; set; }

        public bool LooksElsewhere { get; set; }

        public volatile bool IsAway, IsRevoked;

        public int Count => Volatile.Read(ref _count);

        public bool Reads(string token) => true;

        public ValueTask<Result<Credential?>> ReadAsync(string token)
        {
            Result<Credential?> verdict = IsAway ? new AuthzError(ErrorCode.Unavailable, "away")
                : IsRevoked ? (Result<Credential?>)(Credential?)null
                : new Credential(SubjectId.User("ann"), [TenantId.Default]) { ExpiresAt = ExpiresAt };
            Interlocked.Increment(ref _count);
            return new(verdict);
        }
    }
}
