using System.Text;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Storage.Tests.Vault;

public sealed class SqliteVaultTests : VaultSuite
{
    private readonly TempDirectory _directory = new();
    private SqliteStore _store = null!;

    protected override IActorStore States => _store;

    protected override IAuditStore Audit => _store;

    protected override IKeyRing Ring => new KeyRingFiles(Keys);

    private string Keys => Path.Combine(_directory.Path, KeyRingFiles.DirectoryName);

    public override async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(new(_directory.Path));

    public override async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
        await base.DisposeAsync();
    }

    protected override bool IsOnDisk(string text) =>
        Directory.GetFiles(_directory.Path, "authz.db*").Any(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains(text, StringComparison.Ordinal));

    protected override void LoseRing() => Directory.Delete(Keys, recursive: true);

    [Fact]
    public void Ring_Made_IsItsOwnersAlone()
    {
        Directory.CreateDirectory(Keys);
        new DataProtectionVault(Ring, new()).MakeKey();
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(Keys))));
    }

    [Fact]
    public void Ring_WithADamagedKey_SaysSo()
    {
        var vault = new DataProtectionVault(Ring, new());
        vault.MakeKey();
        File.WriteAllText(Assert.Single(Directory.GetFiles(Keys)), "<key id=");
        var failure = Assert.Throws<VaultException>(() => new DataProtectionVault(Ring, new()).Seal("x", [1]));
        Assert.Contains("is damaged", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_Made_LivesAsLongAsTheOptionSays()
    {
        new DataProtectionVault(Ring, new() { KeyLifetime = TimeSpan.FromDays(30) }).Seal("x", [1]);
        var key = System.Xml.Linq.XElement.Parse(Assert.Single(Ring.Read()));
        Assert.Equal(30, Math.Round(((DateTimeOffset)key.Element("expirationDate")! - (DateTimeOffset)key.Element("creationDate")!).TotalDays));
    }
}
