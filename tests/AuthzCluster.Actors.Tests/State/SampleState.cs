using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.State;

/// <summary>State in which every member occurs, fixed and random. The fixed ones are those of the golden files.</summary>
internal static class SampleState
{
    private static readonly DateTimeOffset Time = new(2026, 7, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);

    public static readonly AttributeBag Bag = AttributeBag.Of(
        ("null", AttributeValue.Null), ("yes", AttributeValue.Of(true)), ("no", AttributeValue.Of(false)), ("text", AttributeValue.Of("ä\U0001F600\0")),
        ("number", AttributeValue.Of(-12.50m)), ("huge", AttributeValue.Of(1.5e300)), ("tiny", AttributeValue.Of(-2.5e-300)), ("most", AttributeValue.Of(decimal.MaxValue)),
        ("list", AttributeValue.Of([AttributeValue.Of(1m), AttributeValue.Of([])])), ("object", AttributeValue.Of(AttributeBag.Of(("x", AttributeValue.Of(""))))));

    public static readonly Assignment Full = new()
    {
        Id = "a1", Role = new RoleId("r1"), Scope = AttributeBag.Of(("region", AttributeValue.Of("eu"))), StartsAt = Time.AddDays(-1), ExpiresAt = Time.AddDays(1),
        Conditions = [new Condition("attribute_match", Bag)], IsSuspended = true, RevokedAt = Time, GrantedBy = "user:boss", GrantedAt = Time.AddYears(-60),
        Reason = "because", Metadata = Bag,
    };

    public static readonly SubjectAssignments Subject = new()
    {
        Revision = 300, Teams = ["A", "b"], Live = [Full with { RevokedAt = null }, Small("a2")], History = [Full],
    };

    public static readonly TenantModel Model = new()
    {
        Id = new TenantId("acme"), Revision = 17, DisplayName = "Acme", Packs = ["business", "standard"], Edition = Edition.Teams, Settings = Bag,
        CreatedAt = Time, UpdatedAt = Time.AddHours(1),
        Roles = new[] { FullRole, new RoleDefinition { Id = new RoleId("r2"), Name = "two", DisplayName = "two" } }.ToImmutableDictionary(role => role.Id),
        TeamGrants = ImmutableSortedDictionary.Create<string, ImmutableArray<Assignment>>(StringComparer.Ordinal).Add("b", [Small("g1")]).Add("A", [Full]),
        TeamHistory = ImmutableSortedDictionary.Create<string, ImmutableArray<Assignment>>(StringComparer.Ordinal).Add("A", [Small("g3"), Full]).Add("c", [Small("g2")]),
    };

    public static readonly TenantModel ModelWithRegistry = Model with
    {
        Registered = ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add("b:write:own", null).Add("a.b:read", "ä\U0001F600").Add("a-b:read", ""),
    };

    public static TenantModel ModelInTheMaking => Model with
    {
        Roles = Model.Roles.SetItem(FullRole.Id, FullRole with { IsDeleting = false, IsBeingMade = true }),
    };

    public static readonly TenantModel ModelWithEntities = Model with { EntityTypes = Types("Invoices", "invoices", "user") };

    private static readonly PolicyDefinition FullPolicy = new()
    {
        Id = "p1", Name = "ä\U0001F600", Description = "d", Effect = PolicyEffect.Deny, Resources = ["a:*", "*:own"], Actions = ["read"], Principals = ["role:two", "x"],
        Conditions = [new Condition("attribute_match", Bag), new Condition("resource_owner", AttributeBag.Empty)], Priority = -7, IsActive = false,
        GrantPermissions = [Permission.Everything, Permission.Parse("a.*:read:own")], Version = 1L << 40, CreatedAt = Time, UpdatedAt = Time.AddHours(1),
    };

    public static readonly TenantModel ModelWithPolicies = ModelWithEntities with
    {
        Policies = new[] { FullPolicy, new PolicyDefinition { Id = "p0", Name = "n", Effect = PolicyEffect.Allow, CreatedAt = Time, UpdatedAt = Time } }
            .ToImmutableDictionary(policy => policy.Id, StringComparer.Ordinal),
        Roles = Model.Roles.SetItem(new RoleId("r2"), Model.Roles[new RoleId("r2")] with { Policies = [FullPolicy with { Id = "p2" }] }),
    };

    public static readonly TenantModel ModelWithConstraints = ModelWithPolicies with
    {
        SeparationEpoch = 1L << 40,
        Constraints = Constraints("k1", "k2"),
        Checking = new SeparationCheck(
            new SeparationTable(
                Constraints("k3"), new Dictionary<RoleId, ImmutableArray<RoleId>> { [new("r1")] = [new("r1"), new("r2")], [new("r3")] = [new("r2")] },
                new Dictionary<string, ImmutableArray<CountedRole>> { ["t"] = [new(new RoleId("r1"), null), new(new RoleId("r2"), Time)] }),
            Time.AddHours(2)),
    };

    public static readonly StoredEntity Entity = new() { Revision = 300, IsStored = true, Properties = Bag, CreatedAt = Time, UpdatedAt = Time.AddHours(1) };

    private static ImmutableSortedDictionary<string, SeparationConstraint> Constraints(params string[] ids) => ids
        .Select(id => new SeparationConstraint { Id = id, Name = $"name of {id}", Roles = [new("r1"), new("r2"), new("r4")], Max = 2, CreatedAt = Time })
        .ToImmutableSortedDictionary(constraint => constraint.Id, constraint => constraint, StringComparer.Ordinal);

    private static RoleDefinition FullRole => new()
    {
        Id = new RoleId("r1"), Name = "one", DisplayName = "One", Description = "d", Type = "t", Level = 40, IsActive = false, IsDeleting = true, Metadata = Bag,
        Version = 1L << 40, CreatedAt = Time, UpdatedAt = Time.AddHours(1),
        Permissions = [Permission.Everything, Permission.Parse("a.*:read:own"), Permission.Parse("b:write")],
        Parents =
        [
            new ParentEdge(new RoleId("r2"), InheritanceType.Partial) { Patterns = [Permission.Parse("a:*")] },
            new ParentEdge(new RoleId("role_guest"), InheritanceType.Conditional) { Conditions = [new Condition("resource_owner", AttributeBag.Empty)] },
        ],
    };

    public static ImmutableSortedSet<string> Types(params string[] types) => types.ToImmutableSortedSet(StringComparer.Ordinal);

    public static Assignment Small(string id) => new() { Id = id, Role = new RoleId("role_viewer"), GrantedBy = "user:x", GrantedAt = Time };

    public static AttributeValue Value(Random random, int depth = 0) => random.Next(depth > 3 ? 4 : 6) switch
    {
        0 => AttributeValue.Null,
        1 => AttributeValue.Of(random.Next(2) == 0),
        2 => AttributeValue.Of(new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29))),
        3 => AttributeValue.Of(Text(random)),
        4 => AttributeValue.Of([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => AttributeValue.Of(AttributeBag.Of(Enumerable.Range(0, random.Next(4)).Select(_ => KeyValuePair.Create(Text(random), Value(random, depth + 1))))),
    };

    public static AttributeBag RandomBag(Random random) => AttributeBag.Of(Enumerable.Range(0, random.Next(4)).Select(_ => KeyValuePair.Create(Text(random), Value(random))));

    public static Assignment RandomAssignment(Random random) => new()
    {
        Id = Text(random), Role = new RoleId(Text(random)), Scope = RandomBag(random), GrantedBy = Text(random), GrantedAt = Instant(random),
        Conditions = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Condition(Text(random), RandomBag(random)))],
        StartsAt = random.Next(2) == 0 ? null : Instant(random), ExpiresAt = random.Next(2) == 0 ? null : Instant(random), IsSuspended = random.Next(2) == 0,
        RevokedAt = random.Next(2) == 0 ? null : Instant(random), Reason = random.Next(2) == 0 ? null : Text(random), Metadata = RandomBag(random),
    };

    public static RoleDefinition RandomRole(Random random, int number) => new()
    {
        Id = new RoleId($"{Text(random)}{number}"), Name = $"{Text(random)}-{number}", DisplayName = Text(random), Level = random.Next(101), Version = random.NextInt64(),
        Description = random.Next(2) == 0 ? null : Text(random), Type = random.Next(2) == 0 ? null : Text(random), IsActive = random.Next(2) == 0,
        IsDeleting = random.Next(2) == 0, Metadata = RandomBag(random), CreatedAt = Instant(random), UpdatedAt = Instant(random), Permissions = RandomPermissions(random, 30),
        Policies = random.Next(3) > 0 ? [] : [.. Enumerable.Range(0, random.Next(3)).Select(i => RandomPolicy(random, i))],
        Parents = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new ParentEdge(new RoleId(Text(random)), (InheritanceType)random.Next(4))
        {
            Patterns = RandomPermissions(random, 3),
            Conditions = [new Condition(Text(random), RandomBag(random))],
        })],
    };

    public static PolicyDefinition RandomPolicy(Random random, int number) => new()
    {
        Id = $"{Text(random)}{number}", Name = Text(random), Description = random.Next(2) == 0 ? null : Text(random), Effect = (PolicyEffect)random.Next(2),
        Resources = Texts(random), Actions = Texts(random), Principals = Texts(random), Priority = random.Next(3) == 0 ? 0 : random.Next(int.MinValue, int.MaxValue),
        Conditions = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Condition(Text(random), RandomBag(random)))], IsActive = random.Next(2) == 0,
        GrantPermissions = RandomPermissions(random, 3), Version = random.NextInt64(), CreatedAt = Instant(random), UpdatedAt = Instant(random),
    };

    private static ImmutableArray<string> Texts(Random random) => [.. Enumerable.Range(0, random.Next(3)).Select(_ => Text(random))];

    public static ImmutableSortedDictionary<string, string?> RandomRegistry(Random random) => ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal)
        .AddRange(RandomPermissions(random, 9).Select(permission => KeyValuePair.Create(permission.ToString(), random.Next(2) == 0 ? null : Text(random))));

    private static ImmutableArray<Permission> RandomPermissions(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(most)).Select(_ => new Permission($"r{random.Next(20)}", $"a{random.Next(20)}", (PermissionScope)random.Next(4))).Distinct().Order()];

    public static string RandomText(Random random) => Text(random);

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => new System.Text.Rune(random.Next(4) == 0 ? random.Next(0xE000, 0x10FFFF) : random.Next(0x250)).ToString()));

    private static DateTimeOffset Instant(Random random) => DateTimeOffset.UnixEpoch.AddMicroseconds(random.NextInt64(-60_000_000_000_000_000, 250_000_000_000_000_000));
}
