using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Vault;

namespace AuthzCluster.Storage.Tests.Vault;

/// <summary>What is sealed is nowhere in the database and always read again, whatever it is stored in; and if not, that is told.</summary>
public abstract class VaultSuite : IAsyncLifetime
{
    private const string Secret = "only-if-the-moon-is-blue";
    private static readonly TenantId Acme = new("acme");
    private static readonly ActorKey Model = ActorKey.Of(Acme), Alice = ActorKey.Of(Acme, SubjectId.User("alice")), Bob = ActorKey.Of(Acme, SubjectId.User("bob"));
    private static readonly byte[] Clear = Encoding.UTF8.GetBytes($"\u0001{Secret}");
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _files = new();

    protected abstract IActorStore States { get; }

    protected abstract IAuditStore Audit { get; }

    protected abstract IKeyRing Ring { get; }

    public abstract Task InitializeAsync();

    public virtual Task DisposeAsync()
    {
        _files.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Whether text is anywhere in what is on disk of the database, the key ring apart.</summary>
    protected abstract bool IsOnDisk(string text);

    protected abstract void LoseRing();

    [Fact]
    public async Task Write_OfAllThatCanHoldSecrets_LeavesNoneInTheDatabase()
    {
        var vault = Vault();
        var store = Store(vault);
        await WriteAllAsync(store);
        await AppendAsync(store, vault, 1);

        Assert.False(IsOnDisk(Secret));
        await AssertAllAsync(store);
        Assert.True(await HoldsAsync(vault, 1));
    }

    [Fact]
    public async Task Write_SwitchedOff_IsInClearAndWhatIsSealedIsRead()
    {
        await WriteAllAsync(Store(Vault()));
        var off = Store(Vault(new() { IsOn = false }));
        await AssertAllAsync(off);

        Assert.False(IsOnDisk(Secret));
        await CommitAsync(off, new(Alice, 1, Clear));
        Assert.True(IsOnDisk(Secret));
        await AssertAllAsync(off);
    }

    [Fact]
    public async Task Read_OfWhatWasWrittenInClear_WorksAndTheNextWriteSealsIt()
    {
        await CommitAsync(States, new(Alice, 0, Clear));
        await CommitAsync(States, new(Model, 0, Clear) { Outbox = [new(Acme, Clear)], Request = Mark() });
        var store = Store(Vault());
        await AssertAllAsync(store);

        await CommitAsync(store, new(Alice, 1, Clear));
        Assert.True(SealedBytes.IsSealed((await States.ReadAsync(Alice))!.State));
        await AssertAllAsync(store);
    }

    [Fact]
    public async Task Read_AfterRestartAndRotation_OpensWhatOldKeysSealed()
    {
        await WriteAllAsync(Store(Vault()));
        var old = KeyOf(await States.ReadAsync(Alice));
        var vault = Vault();
        await VaultCheck.RunAsync(States, vault);
        var made = vault.MakeKey();
        var store = Store(vault);
        await CommitAsync(store, new(Bob, 0, Clear));

        Assert.NotEqual(old, made);
        Assert.Equal(made, KeyOf(await States.ReadAsync(Bob)));
        await VaultCheck.RunAsync(States, Vault());
        await AssertAllAsync(Store(Vault()));
        Assert.False(IsOnDisk(Secret));
    }

    [Fact]
    public async Task Read_ByANodeThatLoadedItsRingBefore_FindsTheKeyThatAnotherMade()
    {
        var other = Store(Vault());
        await WriteAllAsync(other);
        await AssertAllAsync(other);
        var vault = Vault();
        vault.MakeKey();
        await CommitAsync(Store(vault), new(Bob, 0, Clear));

        Assert.Equal(Clear, (await other.ReadAsync(Bob))!.State);
    }

    [Fact]
    public async Task FirstKeys_OfNodesThatStartAtOnce_OpenForAllOfThem()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Store(Vault())).ToArray();
        await Task.WhenAll(stores.Select((store, i) => Task.Run(() => CommitAsync(store, new(User(i), 0, Clear)))));
        foreach (var store in stores)
        {
            for (var i = 0; i < stores.Length; i++)
            {
                Assert.Equal(Clear, (await store.ReadAsync(User(i)))!.State);
            }
        }
        await VaultCheck.RunAsync(States, Vault());
    }

    [Fact]
    public async Task Check_RingLost_RefusesAndNamesTheKeyAndWhatToDo()
    {
        await WriteAllAsync(Store(Vault()));
        var key = KeyOf(await States.ReadAsync(Alice));
        LoseRing();

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => VaultCheck.RunAsync(States, Vault()));
        Assert.Contains($"{key}, which is not in the key ring in {Ring.Where}: restore", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Ring.Read());
        var faults = new NotedFaults();
        var failure = await Assert.ThrowsAsync<VaultException>(async () => await Store(Vault(), faults).ReadAsync(Alice));
        Assert.Contains($"{key}, which is not in the key ring", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsOutcomeKnown);
        Assert.Contains(Alice.Value, Assert.Single(faults.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfADatabaseThatWasNeverSealed_MakesNoKey()
    {
        await CommitAsync(States, new(Alice, 0, Clear));
        await VaultCheck.RunAsync(States, Vault());
        Assert.Empty(Ring.Read());
    }

    [Fact]
    public async Task Read_OfChangedBytes_IsRefused()
    {
        await WriteAllAsync(Store(Vault()));
        var stored = (await States.ReadAsync(Alice))!.State;
        for (var at = SealedBytes.WithMark([]).Length + 4; at < stored.Length; at += 7)
        {
            var changed = stored.ToArray();
            changed[at] ^= 1;
            await CommitAsync(States, new(Alice, (await States.ReadAsync(Alice))!.Version, changed));
            await Assert.ThrowsAsync<VaultException>(async () => await Store(Vault()).ReadAsync(Alice));
        }
    }

    [Fact]
    public async Task Read_OfBytesThatWereMoved_IsRefused()
    {
        var vault = Vault();
        var store = Store(vault);
        await WriteAllAsync(store);
        await AppendAsync(store, vault, 1);
        await CommitAsync(States, new(Bob, 0, (await States.ReadAsync(Alice))!.State) { Request = (await States.ReadRequestAsync(Acme, "one"))! with { Id = "two" } });

        var failure = await Assert.ThrowsAsync<VaultException>(async () => await store.ReadAsync(Bob));
        Assert.Contains("was changed, or sealed for another place", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VaultException>(async () => await store.ReadRequestAsync(Acme, "two"));
        await Assert.ThrowsAsync<VaultException>(async () => await HoldsAsync(vault, 2, (await Audit.ReadLastAsync(Acme))!.Payload));
    }

    [Fact]
    public async Task Append_OfASealedRecord_IsHashedOverTheStoredBytes()
    {
        var vault = Vault();
        var store = Store(vault);
        await AppendAsync(store, vault, 1);
        await AppendAsync(store, vault, 2);

        var hash = new byte[32];
        foreach (var record in await Audit.ReadFromAsync(Acme, 1, 10))
        {
            Assert.True(SealedBytes.IsSealed(record.Payload));
            Assert.Equal(AuditCodec.HashOf(hash, record.Payload), hash = record.Hash);
        }
    }

    [Fact]
    public async Task Ring_UnderACertificate_OpensWithThatAloneAndAfterAnother()
    {
        var (first, second) = (Certificate("first"), Certificate("second"));
        await WriteAllAsync(Store(Vault(new() { Certificate = first })));
        Assert.DoesNotContain("<masterKey", Assert.Single(Ring.Read()), StringComparison.Ordinal);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => VaultCheck.RunAsync(States, Vault()));
        Assert.Contains("--key-ring-cert", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StartRefusedException>(() => VaultCheck.RunAsync(States, Vault(new() { Certificate = second })));
        var both = Vault(new() { Certificate = second, OldCertificates = [first] });
        await VaultCheck.RunAsync(States, both);
        both.MakeKey();
        await CommitAsync(Store(both), new(Bob, 0, Clear));
        await AssertAllAsync(Store(both));
        Assert.Equal(2, Ring.Read().Count);
    }

    [Fact]
    public void Ring_WithACertificateThatIsNone_IsRefusedByName() =>
        Assert.Contains("--key-ring-cert", Assert.Throws<StartRefusedException>(() => Vault(new() { Certificate = "/nowhere.pem" })).Message, StringComparison.Ordinal);

    private DataProtectionVault Vault(VaultOptions? options = null) => new(Ring, options ?? new());

    private SealedStore Store(IVault vault, NotedFaults? faults = null) => new(States, Audit, vault, faults ?? new());

    private static ActorKey User(int number) => ActorKey.Of(Acme, SubjectId.User($"user-{number}"));

    private static Guid? KeyOf(StoredState? stored) => SealedBytes.KeyOf(stored!.State);

    private static RequestMark Mark() => new(Acme, "one", [1], Clear, Noon);

    private static async Task CommitAsync(IActorStore store, Commit commit) => Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(commit));

    private static async Task WriteAllAsync(SealedStore store)
    {
        await CommitAsync(store, new(Alice, 0, Clear));
        await CommitAsync(store, new(Model, 0, Clear) { Outbox = [new(Acme, Clear)], Request = Mark() });
        Assert.Equal(Clear, (await store.KeepRequestAsync(Mark() with { Id = "kept" })).Answer);
    }

    private static async Task AssertAllAsync(SealedStore store)
    {
        Assert.Equal(Clear, (await store.ReadAsync(Alice))!.State);
        Assert.Equal([Clear, Clear], (await store.ReadManyAsync([Alice, Model])).Select(stored => stored.State));
        Assert.Equal(Clear, Assert.Single(await store.ReadOutboxAsync(Acme, 10)).Payload);
        Assert.Equal(Clear, (await store.ReadRequestAsync(Acme, "one"))!.Answer);
        Assert.Equal(CommitOutcome.Repeated, await store.CommitAsync(new(Model, 1, Clear) { Request = Mark() }));
    }

    private async Task AppendAsync(SealedStore store, DataProtectionVault vault, long sequence)
    {
        var before = await Audit.ReadLastAsync(Acme);
        var payload = vault.Seal(VaultPlaces.Audit(Acme, sequence), Clear);
        Assert.True(await store.AppendAsync(
            Acme, [new(sequence, Noon, "user:admin", "policy.created", "policy", "1", payload, AuditCodec.HashOf(before?.Hash ?? new byte[32], payload))], []));
    }

    private async Task<bool> HoldsAsync(DataProtectionVault vault, long sequence, byte[]? payload = null) =>
        vault.Open(VaultPlaces.Audit(Acme, sequence), payload ?? (await Audit.ReadLastAsync(Acme))!.Payload).AsSpan().SequenceEqual(Clear);

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var path = Path.Combine(_files.Path, name + ".pem");
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return path;
    }
}
