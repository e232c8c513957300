using AuthzCluster.Actors.Ports;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Sqlite.Native;
using AuthzCluster.Storage.Sqlite.Opening;

namespace AuthzCluster.Storage.Tests.Sqlite;

/// <summary>Records written before schema 2 are found by what they are about, with their bytes and hashes as they were.</summary>
public sealed class AuditAboutTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("user:alice", 5, 3, 2)]
    [InlineData("alice", 6, 5, 3, 2)]
    [InlineData("role:r1", 3, 2, 1)]
    [InlineData("team:blue", 6, 5)]
    [InlineData("service:alice", 6)]
    [InlineData("user:a:b", 4)]
    [InlineData("a:b", 4)]
    [InlineData("assignment:as1", 3, 2)]
    [InlineData("nobody")]
    public async Task Open_DataOfSchema1_FindsOldRecordsByWhatTheyAreAbout(string target, params int[] expected)
    {
        await WriteSchema1Async();

        await using var store = await SqliteStore.OpenAsync(new(_directory.Path));

        var found = await store.ListAsync(new("acme"), new AuditQuery(null, 10) { Target = target });
        Assert.Equal(expected, found.Select(record => (int)record.Sequence));
        Assert.All(found, record => Assert.Equal((byte)record.Sequence, record.Hash[0]));
        Assert.Empty(await store.ListAsync(new("other"), new AuditQuery(null, 10) { Target = target }));
    }

    private async Task WriteSchema1Async()
    {
        (string Type, string Id, string States)[] records =
        [
            ("role", "r1", """ "after":{"id":"r1"} """),
            ("assignment", "as1", """ "after":{"principal":{"type":"user","id":"alice"},"role_id":"r1"} """),
            ("assignment", "as1", """ "before":{"principal":{"type":"user","id":"alice"},"role_id":"r1"} """),
            ("assignment", "as2", """ "after":{"principal":{"type":"user","id":"a:b"},"role_id":"r2"} """),
            ("team", "blue", """ "after":{"member":"user:alice"} """),
            ("team", "blue", """ "before":{"member":"service:alice"} """),
        ];
        await (await SqliteStore.OpenAsync(new(_directory.Path))).DisposeAsync();
        using var db = Db.OpenToWrite(_directory.Database);
        db.Execute("DROP TABLE audit_about");
        db.Execute("DROP TABLE request");
        db.Execute("CREATE INDEX audit_target ON audit (tenant, target_id, sequence)");
        db.Execute("DELETE FROM migration WHERE number > 1");
        for (var i = 0; i < records.Length; i++)
        {
            db.Use("INSERT INTO audit VALUES (?, ?, 0, 'user:x', 'done', ?, ?, ?, ?)").Text("acme").Number(i + 1)
                .Text(records[i].Type).Text(records[i].Id)
                .Blob(System.Text.Encoding.UTF8.GetBytes($"{{\"id\":\"x\",{records[i].States}}}")).Blob([(byte)(i + 1)]).Run();
        }
        Assert.Equal(1, db.ReadNumber("SELECT max(number) FROM migration"));
        Assert.Equal(3, MigrationScript.All("sqlite").Count);
    }
}
