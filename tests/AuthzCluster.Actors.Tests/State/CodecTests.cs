using System.Collections.Immutable;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Tests.State;

public sealed class CodecTests
{
    [Fact]
    public void Model_EncodeThenDecode_IsTheSame()
    {
        Assert.Equal(SampleState.Model, TenantModelCodec.Decode(TenantModelCodec.Encode(SampleState.Model)));
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var model = SampleState.Model with
            {
                Settings = SampleState.RandomBag(random),
                Roles = Enumerable.Range(0, random.Next(12)).Select(i => SampleState.RandomRole(random, i)).ToImmutableDictionary(role => role.Id),
                TeamGrants = Teams(random),
                TeamHistory = Teams(random),
                Registered = SampleState.RandomRegistry(random),
                Policies = Enumerable.Range(0, random.Next(4)).Select(i => SampleState.RandomPolicy(random, i)).ToImmutableDictionary(policy => policy.Id, StringComparer.Ordinal),
                EntityTypes = SampleState.Types([.. Enumerable.Range(0, random.Next(3)).Select(i => $"{(char)('a' + random.Next(26))}{i}")]),
            };
            Assert.Equal(model, TenantModelCodec.Decode(TenantModelCodec.Encode(model)));
        }
    }

    [Fact]
    public void Model_SectionsOfALaterVersion_AreSkipped()
    {
        var bytes = TenantModelCodec.Encode(SampleState.ModelWithRegistry);
        var without = TenantModelCodec.Encode(SampleState.Model);
        byte[] longer = [.. without, 250, 2, 7, 7, .. bytes[without.Length..], 251, 0];
        Assert.Equal(SampleState.ModelWithRegistry, TenantModelCodec.Decode(longer));
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<Assignment>> Teams(Random random) =>
        ImmutableSortedDictionary.Create<string, ImmutableArray<Assignment>>(StringComparer.Ordinal)
            .AddRange(Enumerable.Range(0, random.Next(3)).Select(i => KeyValuePair.Create($"t{i}", ImmutableArray.Create(SampleState.RandomAssignment(random)))));

    [Fact]
    public void Model_Decoded_SharesEqualPermissions()
    {
        var role = SampleState.Model.Roles[new RoleId("r1")];
        var copy = role with { Id = new RoleId("r3"), Name = "three", Permissions = [.. role.Permissions.Select(permission => permission with { })] };
        var model = TenantModelCodec.Decode(TenantModelCodec.Encode(SampleState.Model with { Roles = SampleState.Model.Roles.Add(copy.Id, copy) }));
        Assert.Same(model.Roles[role.Id].Permissions[1], model.Roles[copy.Id].Permissions[1]);
    }

    [Fact]
    public void Subject_EncodeThenDecode_IsTheSame()
    {
        AssertSame(SampleState.Subject);
        AssertSame(SubjectAssignments.None);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            AssertSame(new SubjectAssignments
            {
                Revision = random.NextInt64(), Teams = ["x", "y"],
                Live = [.. Enumerable.Range(0, random.Next(5)).Select(_ => SampleState.RandomAssignment(random))],
                History = [.. Enumerable.Range(0, random.Next(5)).Select(_ => SampleState.RandomAssignment(random))],
            });
        }

        static void AssertSame(SubjectAssignments state) => AssertEqual(state, SubjectCodec.Decode(SubjectCodec.Encode(state)));
    }

    [Fact]
    public void Entity_EncodeThenDecode_IsTheSame()
    {
        Assert.Equal(SampleState.Entity, EntityCodec.Decode(EntityCodec.Encode(SampleState.Entity)));
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var entity = SampleState.Entity with { Revision = random.NextInt64(), IsStored = random.Next(2) == 0, Properties = SampleState.RandomBag(random) };
            Assert.Equal(entity, EntityCodec.Decode(EntityCodec.Encode(entity)));
        }
    }

    [Fact]
    public void Model_SectionsThatAreUnknown_AreSkipped()
    {
        byte[] bytes = TenantModelCodec.Encode(SampleState.ModelWithEntities);
        Assert.Equal(SampleState.ModelWithEntities, TenantModelCodec.Decode([.. bytes, 250, 3, 1, 2, 3]));
        // Without entities nothing is there that the first version did not write.
        Assert.True(bytes.AsSpan().StartsWith(TenantModelCodec.Encode(SampleState.Model)));
    }

    [Fact]
    public void Model_WithoutPolicies_IsWrittenAsBefore()
    {
        var with = SampleState.ModelWithEntities with { Policies = SampleState.ModelWithPolicies.Policies };
        // But for the number of the format.
        Assert.True(TenantModelCodec.Encode(with).AsSpan(1).StartsWith(TenantModelCodec.Encode(SampleState.ModelWithEntities).AsSpan(1)));
        Assert.Equal(with, TenantModelCodec.Decode(TenantModelCodec.Encode(with)));
    }

    [Fact]
    public void Subject_PlainAssignment_TakesAboutAHundredBytes()
    {
        var one = SubjectCodec.Encode(new SubjectAssignments { Revision = 1, Live = [SampleState.Small("0198a1b2c3d4e5f60718293a4b5c6d7e")] });
        Assert.InRange(one.Length, 40, 100);
    }

    [Fact]
    public void Decode_NewerVersion_SaysSo()
    {
        Assert.Contains("format 4", Assert.Throws<StateFormatException>(() => TenantModelCodec.Decode([4, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("format 7", Assert.Throws<StateFormatException>(() => EntityCodec.Decode([7])).Message, StringComparison.Ordinal);
        Assert.Contains("format 9", Assert.Throws<StateFormatException>(() => SubjectCodec.Decode([9])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_LaterMembersAtTheEndOfBlocks_AreSkipped()
    {
        byte[] bytes = SubjectCodec.Encode(new SubjectAssignments { Revision = 5, Live = [SampleState.Small("a")] });
        // version | 2: revision, no teams | block of live: count, block of the assignment | block of history
        Assert.Equal((byte)2, bytes[1]);
        byte[] longer = [bytes[0], 4, bytes[2], bytes[3], 77, 77, (byte)(bytes[4] + 3), bytes[5], (byte)(bytes[6] + 3), .. bytes[7..(7 + bytes[6])], 1, 2, 3, .. bytes[(7 + bytes[6])..], 99];
        AssertEqual(SubjectCodec.Decode(bytes), SubjectCodec.Decode(longer));
    }

    [Fact]
    public void Decode_DamagedBytes_ThrowsNothingElse()
    {
        var random = new Random(1);
        foreach (var (good, decode) in (ReadOnlySpan<(byte[], Action<byte[]>)>)
            [(TenantModelCodec.Encode(SampleState.ModelWithRegistry), bytes => TenantModelCodec.Decode(bytes)),
            (TenantModelCodec.Encode(SampleState.ModelWithEntities), bytes => TenantModelCodec.Decode(bytes)),
            (TenantModelCodec.Encode(SampleState.ModelWithPolicies), bytes => TenantModelCodec.Decode(bytes)),
            (SubjectCodec.Encode(SampleState.Subject), bytes => SubjectCodec.Decode(bytes)), (EntityCodec.Encode(SampleState.Entity), bytes => EntityCodec.Decode(bytes))])
        {
            for (var i = 0; i < 2_000; i++)
            {
                var bad = good[..random.Next(1, good.Length + 1)];
                bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
                try
                {
                    decode(bad);
                }
                catch (StateFormatException)
                {
                    // That is the one way to refuse.
                }
            }
        }
    }

    internal static void AssertEqual(SubjectAssignments expected, SubjectAssignments actual)
    {
        Assert.Equal(expected.Revision, actual.Revision);
        Assert.True(expected.Teams.SequenceEqual(actual.Teams));
        Assert.True(expected.Live.SequenceEqual(actual.Live));
        Assert.True(expected.History.SequenceEqual(actual.History));
    }
}
