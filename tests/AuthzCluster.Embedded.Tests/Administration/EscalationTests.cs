using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;
using Xunit.Abstractions;

namespace AuthzCluster.Embedded.Tests.Administration;

/// <summary>Whatever callers of limited rights try in whatever order: nobody ends with what none of them could give.</summary>
public sealed class EscalationTests(ITestOutputHelper output)
{
    private const int Sequences = 120, CallsEach = 40, SequencesOfAHost = 200;

    private static readonly Caller Setup = new(SubjectId.User("setup"), "setup") { IsTrusted = true };

    private readonly ConcurrentDictionary<string, int> _counts = new();

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Administration_GeneratedSequences_GiveNobodyWhatNoneOfTheCallersHeld()
    {
        var budget = new SoakBudget(Sequences);
        for (var round = 0; budget.Allows(round); round += SequencesOfAHost)
        {
            await using var host = new EmbeddedFixture(AuthzCase.DefaultNow);
            await host.StartAsync();
            for (var i = round; i < round + SequencesOfAHost && budget.Allows(i); i++)
            {
                await RunAsync(host, SoakBudget.FirstSeed + i);
            }
        }
        output.WriteLine(string.Join(", ", _counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        // Each kind of act was let through and refused by the guard, so that agreement means something.
        Assert.All(typeof(AdminAct).GetNestedTypes(), act => Assert.True(
            _counts.GetValueOrDefault($"{act.Name} ok") > 10 && _counts.GetValueOrDefault($"{act.Name} forbidden") > 10, act.Name));
    }

    private async Task RunAsync(IHostFixture host, int seed)
    {
        var tenant = new TenantId($"t{seed}");
        Assert.Null((await host.Tenants.CreateAsync(tenant, new TenantPatch(), Setup)).Error);
        var generator = new AdminWorldGenerator(seed);
        var world = OracleTenant.Of(["standard"]);
        foreach (var act in generator.Setup)
        {
            // What the rules of roles refuse is not part of the world.
            if (await AdminPorts.TryAsync(host, tenant, act, Setup) == CaseAttempt.Done)
            {
                Assert.Null(world.Apply(act, AuthzCase.DefaultNow));
            }
        }
        var guard = new OracleGuard(world, AuthzCase.DefaultNow);
        var bounds = new EscalationBounds(world, guard);
        var before = await DigestAsync(host, tenant);
        Assert.Equal(AdminDigest.Of(world), before);
        for (var i = 0; i < CallsEach; i++)
        {
            var (by, act) = generator.Next();
            var trial = world.Copy();
            var expected = new OracleGuard(trial, AuthzCase.DefaultNow).Try(by, act);
            var actual = await AdminPorts.TryAsync(host, tenant, act, new Caller(by, "attempt"));
            var place = $"seed {seed}, call {i}: {by} {act}";
            Count(act, actual);
            // The oracle knows who may; of the rules of roles it knows little.
            Assert.True(actual == expected || actual is not (CaseAttempt.Done or OracleGuard.Forbidden), $"{place}: expected {expected}, was {actual}\n{before}");
            if (actual == CaseAttempt.Done)
            {
                world.Apply(act, AuthzCase.DefaultNow);
            }
            var after = await DigestAsync(host, tenant);
            Assert.True(actual == CaseAttempt.Done || after == before, $"{place}: {actual} changed something\n{before}\n{after}");
            Assert.True(AdminDigest.Of(world) == after, $"{place}: the world should be\n{AdminDigest.Of(world)}\nbut is\n{after}");
            Assert.Equal("", string.Join('\n', bounds.Breaches(world).Select(breach => $"{place}: {breach}")));
            before = after;
        }
        Count(bounds.Kind);
    }

    private static async Task<string> DigestAsync(IHostFixture host, TenantId tenant)
    {
        var model = (await host.Tenants.GetAsync(tenant)).Value!;
        var grants = new List<(SubjectId, Assignment)>();
        grants.AddRange(model.TeamGrants.SelectMany(team => team.Value, (team, grant) => (SubjectId.Team(team.Key), grant)));
        var members = new List<(SubjectId, string)>();
        foreach (var subject in AdminWorldGenerator.Subjects)
        {
            var held = (await host.Assignments.ListByPrincipalAsync(tenant, subject, null, includeInactive: true)).Value!;
            grants.AddRange(held.Where(view => view.Assignment.IsLiveAt(AuthzCase.DefaultNow)).Select(view => (subject, view.Assignment)));
            members.AddRange((await host.Assignments.ListTeamsAsync(tenant, subject)).Value!.Select(team => (subject, team)));
        }
        return AdminDigest.Of(model.Roles.Values, grants, members);
    }

    private void Count(AdminAct act, string outcome) => Count($"{act.GetType().Name} {(outcome is CaseAttempt.Done or OracleGuard.Forbidden ? outcome : "other")}");

    private void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
