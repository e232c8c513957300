using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.State;

public sealed class AuditCodecTests
{
    private static readonly DateTimeOffset Time = new(2026, 7, 1, 12, 0, 0, 0, 5, TimeSpan.Zero);
    private static readonly TenantId Tenant = new("a\"cme");
    private static readonly byte[] Previous = SHA256.HashData("before"u8);

    [Fact]
    public void Seal_ThenDecode_GivesTheRecord()
    {
        var entry = new AuditEntry(AuditActions.RoleUpdated, "role", "r/1", SampleState.Bag, AttributeBag.Of(("time", AttributeValue.Of("x")))) { Reason = "why" };
        var pending = AuditCodec.EncodePending(entry, "id-1", Time, new Caller(SubjectId.User("alice"), "req-1"));
        var stored = AuditCodec.Seal(Tenant, pending, 7, Previous);
        Assert.Equal((7L, Time, "user:alice", AuditActions.RoleUpdated, "role", "r/1"),
            (stored.Sequence, stored.Time, stored.Actor, stored.Action, stored.TargetType, stored.TargetId));
        Assert.Equal(SHA256.HashData([.. Previous, .. stored.Payload]), stored.Hash);
        using var json = JsonDocument.Parse(stored.Payload);
        Assert.Equal(("a\"cme", 7), (json.RootElement.GetProperty("tenant").GetString(), json.RootElement.GetProperty("sequence").GetInt32()));
        var record = AuditCodec.Decode(Tenant, stored, Previous);
        Assert.Equal((7L, "id-1", Time, "user:alice", "req-1", entry), (record.Sequence, record.Id, record.Time, record.Actor, record.RequestId, record.Entry));
        Assert.Equal((Convert.ToHexStringLower(Previous), Convert.ToHexStringLower(stored.Hash)), (record.PreviousHash, record.Hash));
    }

    [Fact]
    public void Seal_WithoutBagsAndReason_ReadsBackNull()
    {
        var pending = AuditCodec.EncodePending(new AuditEntry("x", "role", "1", null, null), "id", Time, Caller.System("r"));
        var record = AuditCodec.Decode(Tenant, AuditCodec.Seal(Tenant, pending, 1, new byte[32]), new byte[32]);
        Assert.Equal((null, null, null, "system:authz"), (record.Entry.Before, record.Entry.After, record.Entry.Reason, record.Actor));
        Assert.Equal(new string('0', 64), record.PreviousHash);
    }

    [Fact]
    public void Seal_OfAnAssignmentOrAMembership_TellsWhatElseItIsAbout()
    {
        var principal = AttributeValue.Of(AttributeBag.Of(("type", AttributeValue.Of("service")), ("id", AttributeValue.Of("a:b"))));
        var held = AttributeBag.Of(("principal", principal), ("role_id", AttributeValue.Of("r1")), ("scope", AttributeValue.Of(SampleState.Bag)));

        Assert.Equal([new("service", "a:b"), new AuditTarget("role", "r1")], About("assignment", held, held));
        Assert.Equal([new("service", "a:b"), new AuditTarget("role", "r1")], About("assignment", held, null));
        Assert.Equal([new AuditTarget("user", "x:y")], About("team", null, AttributeBag.Of(("member", AttributeValue.Of("user:x:y")))));
        Assert.Empty(About("role", null, AttributeBag.Of(("parents", AttributeValue.Of([AttributeValue.Of(held)])), ("role_id", AttributeValue.Null))));
        Assert.Empty(About("role", null, null));
    }

    private static IReadOnlyList<AuditTarget> About(string type, AttributeBag? before, AttributeBag? after) => AuditCodec.Seal(
        Tenant, AuditCodec.EncodePending(new AuditEntry("x", type, "1", before, after) { Reason = "r" }, "id", Time, Caller.System("r")), 1, new byte[32]).About;

    [Fact]
    public void Decode_Damaged_SaysSo()
    {
        var pending = AuditCodec.EncodePending(new AuditEntry("x", "role", "1", null, null), "id", Time, Caller.System("r"));
        var stored = AuditCodec.Seal(Tenant, pending, 1, new byte[32]);
        Assert.Throws<StateFormatException>(() => AuditCodec.Decode(Tenant, stored with { Payload = stored.Payload[..^3] }, new byte[32]));
    }

    [Fact]
    public void Json_WriteThenRead_IsTheSame()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var value = SampleState.Value(new Random(seed));
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                AttributeJson.Write(writer, value);
            }
            var reader = new Utf8JsonReader(stream.ToArray());
            reader.Read();
            Assert.Equal(value, AttributeJson.Read(ref reader));
            using var document = JsonDocument.Parse(stream.ToArray());
            Assert.Equal(value, AttributeJson.FromElement(document.RootElement));
        }
    }

    [Fact]
    public void Json_LoneSurrogate_IsNoValue()
    {
        using var document = JsonDocument.Parse("\"\\ud800\"");
        Assert.Throws<JsonException>(() => AttributeJson.FromElement(document.RootElement));
        Assert.Throws<JsonException>(() =>
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes("\"\\ud800\""));
            reader.Read();
            AttributeJson.Read(ref reader);
        });
    }
}
