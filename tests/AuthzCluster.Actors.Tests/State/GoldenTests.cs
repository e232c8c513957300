using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Tests.State;

/// <summary>What a released version wrote stays readable. Never change a golden file: add one for each new version.</summary>
public sealed class GoldenTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "State", "Golden");

    [Fact]
    public void Model_OfVersion1_IsReadable() => Assert.Equal(SampleState.Model, TenantModelCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "model-1.bin"))));

    [Fact]
    public void Model_OfVersion1WithARegistry_IsReadable() =>
        Assert.Equal(SampleState.ModelWithRegistry, TenantModelCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "model-1-registry.bin"))));

    [Fact]
    public void Model_OfVersion1WithARoleBeingMade_IsReadable() =>
        Assert.Equal(SampleState.ModelInTheMaking, TenantModelCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "model-1-making.bin"))));

    [Fact]
    public void Model_WithEntityTypes_IsReadable() =>
        Assert.Equal(SampleState.ModelWithEntities, TenantModelCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "model-1-entity-types.bin"))));

    [Fact]
    public void Model_WithPolicies_IsReadable() =>
        Assert.Equal(SampleState.ModelWithPolicies, TenantModelCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "model-2-policies.bin"))));

    [Fact]
    public void Model_WithConstraints_IsReadable() =>
        Assert.Equal(SampleState.ModelWithConstraints, TenantModelCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "model-3-constraints.bin"))));

    // Who knows no constraints must not give roles without them.
    [Fact]
    public void Model_WithConstraints_IsOfAFormatThatOlderVersionsRefuse() => Assert.Equal(
        (3, 3, 2), (
            TenantModelCodec.Encode(SampleState.ModelWithConstraints)[0],
            TenantModelCodec.Encode(SampleState.ModelWithConstraints with { Constraints = SampleState.ModelWithConstraints.Constraints.Clear() })[0],
            TenantModelCodec.Encode(SampleState.ModelWithConstraints with { Constraints = SampleState.ModelWithConstraints.Constraints.Clear(), Checking = null })[0]));

    // Who knows none of these would write the rest without them.
    [Fact]
    public void Model_WithRulesOfRequestsOrReminders_IsOfAFormatThatOlderVersionsRefuse()
    {
        var (model, grant) = (SampleState.Model, SampleState.Subject.Live[0]);
        var role = model.Roles.Values.First();
        Assert.Equal(1, TenantModelCodec.Encode(model)[0]);
        foreach (var more in new[]
        {
            model with { Sweeping = 7 }, model with { Roles = model.Roles.SetItem(role.Id, role with { RequestPolicy = new RequestPolicy() }) },
            model with { TeamGrants = model.TeamGrants.SetItem("told", [grant with { RemindedOf = DateTimeOffset.UnixEpoch }]) },
        })
        {
            var bytes = TenantModelCodec.Encode(more);
            Assert.Equal(3, bytes[0]);
            Assert.Equal(more, TenantModelCodec.Decode(bytes));
        }
    }

    // Who knows no policies must not go on without them.
    [Fact]
    public void Model_WithPolicies_IsOfAFormatThatOlderVersionsRefuse() => Assert.Equal(
        (1, 2, 2), (
            TenantModelCodec.Encode(SampleState.ModelWithPolicies with { Policies = SampleState.ModelWithPolicies.Policies.Clear(), Roles = SampleState.ModelWithPolicies.Roles.Clear() })[0],
            TenantModelCodec.Encode(SampleState.ModelWithPolicies)[0],
            TenantModelCodec.Encode(SampleState.ModelWithPolicies with { Roles = SampleState.ModelWithPolicies.Roles.Clear() })[0]));

    [Fact]
    public void Entity_OfVersion1_IsReadable() => Assert.Equal(SampleState.Entity, EntityCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "entity-1.bin"))));

    [Fact]
    public void Entity_Today_IsWrittenAsVersion1() => Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "entity-1.bin")), EntityCodec.Encode(SampleState.Entity));

    [Fact]
    public void Subject_OfVersion1_IsReadable() =>
        CodecTests.AssertEqual(SampleState.Subject, SubjectCodec.Decode(File.ReadAllBytes(Path.Combine(Folder, "subject-1.bin"))));

    [Fact]
    public void Subject_Today_IsWrittenAsVersion1() => Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "subject-1.bin")), SubjectCodec.Encode(SampleState.Subject));
}
