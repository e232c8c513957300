using System.Text;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Conformance.Suites;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Embedded.Tests;

/// <summary>Through the ports: secrets in conditions are nowhere in the data directory, and nothing is lost by it.</summary>
public sealed class VaultTests() : HostSuite(new EmbeddedFixture())
{
    private const string Secret = "the-moon-is-blue";
    private static readonly Condition Moon = new("expression", AttributeBag.Of(("text", AttributeValue.Of($"moon = '{Secret}'"))));
    private static readonly Caller Repeating = Admin with { Request = new RequestKey(Tenant, "key-1", [1, 2, 3]) { MayBeRepeat = true } };

    private EmbeddedFixture Embedded => (EmbeddedFixture)Host;

    private string Keys => Path.Combine(Embedded.DataDirectory, KeyRingFiles.DirectoryName);

    [Fact]
    public async Task Conditions_OfAssignmentsAndEdges_AreNowhereInTheDataDirectoryAndDecideAfterARestart()
    {
        await WriteAsync();
        Assert.Contains(await AuditAsync("role.assigned"), record => Text(record.Entry.After!).Contains(Secret, StringComparison.Ordinal));
        AssertNotOnDisk();
        await Host.RestartAsync();
        await AssertDecidedAsync();
        EmbeddedNode.MakeKey(new EmbeddedOptions { DataDirectory = Embedded.DataDirectory });
        await Host.RestartAsync();
        await AssertDecidedAsync();
        Ok(await AssignAsync("bob", "reader"));
        await Embedded.Node.StopAsync();
        AssertNotOnDisk();
    }

    [Fact]
    public async Task Audit_Sealed_IsHashedOverTheStoredBytes()
    {
        await WriteAsync();
        var told = await AuditAsync();
        await Embedded.Node.StopAsync();
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(Embedded.DataDirectory));
        var hash = new byte[32];
        foreach (var record in await store.ReadFromAsync(Tenant, 1, 1000))
        {
            Assert.True(SealedBytes.IsSealed(record.Payload));
            Assert.Equal(AuditCodec.HashOf(hash, record.Payload), hash = record.Hash);
        }
        Assert.Equal(told[^1].Hash, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public async Task Start_RingLost_IsRefusedAndNothingIsMade()
    {
        await WriteAsync();
        await Embedded.Node.StopAsync();
        Directory.Delete(Keys, recursive: true);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Embedded.StartAsync());
        Assert.Contains("not in the key ring", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Keys));
    }

    [Fact]
    public async Task Repeat_OfARequestWithASecret_IsAnsweredAsThen()
    {
        await RoleAsync("reader", "invoices:read");
        var draft = new AssignmentDraft(SubjectId.User("alice")) { Conditions = [Moon] };
        var first = Ok(await Host.Assignments.AssignAsync(Tenant, "reader", draft, Repeating));
        await Host.RestartAsync();
        var again = Ok(await Host.Assignments.AssignAsync(Tenant, "reader", draft, Repeating));
        Assert.Equal(first.Assignment.Id, again.Assignment.Id);
        Assert.True(first.Assignment.Conditions.SequenceEqual(again.Assignment.Conditions));
        AssertNotOnDisk();
    }

    private async Task WriteAsync()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft
        {
            Name = "writer", Permissions = ["invoices:write"], Parents = [new ParentDraft("reader", InheritanceType.Conditional) { Conditions = [Moon] }],
        }, Admin));
        foreach (var who in new[] { SubjectId.User("alice"), SubjectId.Team("finance") })
        {
            Ok(await Host.Assignments.AssignAsync(Tenant, "reader", new AssignmentDraft(who) { Conditions = [Moon] }, Admin));
        }
        Ok(await AssignAsync("carol", "writer"));
        await AssertDecidedAsync();
    }

    private async Task AssertDecidedAsync()
    {
        foreach (var who in new[] { "alice", "carol" })
        {
            Assert.False(await MayAsync(who, "invoices:read"));
            Assert.True(Ok(await Host.Decisions.EvaluateAsync(Tenant, Question(who, "invoices:read") with { Context = Bag("moon", Secret) }, Now)).IsAllowed);
        }
    }

    private static string Text(AttributeBag bag)
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            AttributeJson.Write(writer, bag);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void AssertNotOnDisk()
    {
        foreach (var file in Directory.GetFiles(Embedded.DataDirectory, "authz.db*"))
        {
            var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.DoesNotContain(Secret, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("moon", bytes, StringComparison.Ordinal);
        }
    }
}
