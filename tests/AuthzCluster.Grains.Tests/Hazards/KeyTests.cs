using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using FsCheck;
using FsCheck.Fluent;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>Ids that look alike to a database or a URL are different grains and different rows.</summary>
public sealed class KeyTests
{
    private static readonly string[] Ids =
        ["a", "A", "A1", "a1", "0a1", "1", "01", "10", "a/b", "a%2Fb", "a%2fb", "%", "%25", "a b", "a+b", "a%20b", ":", "a:b", "é", "e\u0301", "😀", "ſ", "s", "İ", "i", "ua:a", "..", ".", "\u0001"];

    [Fact]
    public void ActorKey_OfDifferentParts_IsDifferentAndReadsBack()
    {
        var id = Gen.OneOf(Gen.Elements(Ids), Gen.Select(Gen.Choose(1, 6).SelectMany(count => Gen.Elements("aA01fF/%:. é😀+2".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ArrayOf(count)), string.Concat));
        var parts = Gen.Select(Gen.ArrayOf(id, 3), texts => texts);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(parts.ToArbitrary(), parts.ToArbitrary(), (a, b) =>
        {
            var (left, right) = (Keys(a), Keys(b));
            for (var kind = 0; kind < left.Length; kind++)
            {
                Assert.Equal(left[kind].Parts.SequenceEqual(right[kind].Parts), left[kind].Key == right[kind].Key);
                Assert.Equal(left[kind].Parts, Read(left[kind].Key));
                // Never what a database takes for a number.
                Assert.Contains(':', left[kind].Key.Value);
                Assert.All(right.Where((_, other) => other != kind), other => Assert.NotEqual(left[kind].Key, other.Key));
            }
        }));
    }

    [Fact]
    public async Task Subjects_WhoseIdsLookLikeTheSameNumber_AreDifferentGrainsAndRows()
    {
        string[] users = ["A1", "a1", "0a1", "1", "01", "a/b", "a%2Fb", "é", "e\u0301"];
        await using var cluster = await BareCluster.StartAsync(silos: 2);
        foreach (var (user, i) in users.Select((user, i) => (user, i)))
        {
            await cluster.RoleAsync($"role-{i}", $"thing-{i}:do");
            await cluster.AssignAsync(user, $"role-{i}");
        }
        for (var i = 0; i < users.Length; i++)
        {
            for (var j = 0; j < users.Length; j++)
            {
                Assert.Equal(i == j, await cluster.MayAsync(users[i], $"thing-{j}:do"));
            }
            Assert.Equal(1, (await cluster.Silo.Storage.States.ReadAsync(ActorKey.Of(BareCluster.Tenant, SubjectId.User(users[i]))))?.Version);
        }
    }

    private static (ActorKey Key, string[] Parts)[] Keys(string[] parts) =>
    [
        (ActorKey.Of(new TenantId(parts[0]), new SubjectId(parts[1], parts[2])), parts),
        (ActorKey.Of(new TenantId(parts[0]), new EntityId(parts[1], parts[2])), parts),
        (ActorKey.Of(new TenantId(parts[0]), new RoleId(parts[1])), parts[..2]),
        (ActorKey.Of(new TenantId(parts[0])), parts[..1]),
        (ActorKey.OfAudit(new TenantId(parts[0])), parts[..1]),
    ];

    private static string[] Read(ActorKey key) =>
        key.IsSubject ? [key.Tenant.Value, key.Subject.Type, key.Subject.Id]
        : key.IsEntity ? [key.Tenant.Value, key.Entity.Type, key.Entity.Id]
        : key.IsRole ? [key.Tenant.Value, key.Role.Value]
        : [key.Tenant.Value];
}
