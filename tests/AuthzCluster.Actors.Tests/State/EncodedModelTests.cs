using System.Collections.Immutable;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Tests.State;

public sealed class EncodedModelTests
{
    [Fact]
    public void With_RandomChanges_ReadsBackAsTheModel()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var model = SampleState.Model with
            {
                Roles = Enumerable.Range(0, 300).Select(i => SampleState.RandomRole(random, i)).ToImmutableDictionary(role => role.Id),
            };
            var encoded = EncodedModel.Of(model);
            for (var step = 0; step < 30; step++)
            {
                var changed = Enumerable.Range(0, random.Next(4)).Select(_ => SampleState.RandomRole(random, random.Next(400))).DistinctBy(role => role.Id).ToArray();
                RoleId[] removed = random.Next(3) == 0 ? [model.Roles.Keys.ElementAt(random.Next(model.Roles.Count))] : [];
                model = model with { Revision = model.Revision + 1, Roles = model.Roles.SetItems(changed.Select(role => KeyValuePair.Create(role.Id, role))).RemoveRange(removed) };
                model = random.Next(3) == 0 ? model with { Registered = SampleState.RandomRegistry(random) } : model;
                model = random.Next(3) == 0 ? model with { Policies = model.Policies.SetItem("p", SampleState.RandomPolicy(random, 0) with { Id = "p" }) } : model;
                model = random.Next(4) switch
                {
                    0 => model with { Constraints = SampleState.ModelWithConstraints.Constraints, SeparationEpoch = random.Next(3) },
                    1 => model with { Constraints = model.Constraints.Clear(), SeparationEpoch = 0, Checking = null },
                    2 => model with { Checking = model.Checking is null ? SampleState.ModelWithConstraints.Checking : null, SeparationEpoch = 0, Constraints = model.Constraints.Clear() },
                    _ => model,
                };
                encoded = encoded.With(model, [.. changed.Select(role => role.Id), .. removed]);
                Assert.Equal(model, TenantModelCodec.Decode(encoded.ToBytes()));
            }
        }
    }

    [Fact]
    public void With_MorePermissionsThanATableSegment_ReadsBack()
    {
        var role = SampleState.RandomRole(new Random(1), 1) with { Parents = [], Permissions = Permissions(0, 1000) };
        var model = SampleState.Model with { Roles = ImmutableDictionary<RoleId, RoleDefinition>.Empty.Add(role.Id, role) };
        var encoded = EncodedModel.Of(model);
        for (var more = 1; more <= 3; more++)
        {
            model = model with { Roles = model.Roles.SetItem(role.Id, role with { Permissions = Permissions(0, 1000 * (more + 1)) }) };
            encoded = encoded.With(model, [role.Id]);
            Assert.Equal(model, TenantModelCodec.Decode(encoded.ToBytes()));
        }
    }

    [Fact]
    public void With_AChangeThatWasGivenUp_DoesNotSpoilTheNext()
    {
        var role = SampleState.RandomRole(new Random(1), 1) with { Parents = [] };
        var model = SampleState.Model with { Roles = ImmutableDictionary<RoleId, RoleDefinition>.Empty.Add(role.Id, role) };
        var encoded = EncodedModel.Of(model);
        encoded.With(model with { Roles = model.Roles.SetItem(role.Id, role with { Permissions = Permissions(50, 10) }) }, [role.Id]).ToBytes();
        var next = model with { Roles = model.Roles.SetItem(role.Id, role with { Permissions = Permissions(70, 10) }) };
        Assert.Equal(next, TenantModelCodec.Decode(encoded.With(next, [role.Id]).ToBytes()));
    }

    private static ImmutableArray<Permission> Permissions(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new Permission($"r{i % 37}", $"a{i}")).Order()];
}
