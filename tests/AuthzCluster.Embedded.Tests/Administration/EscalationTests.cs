using AuthzCluster.Conformance.Cases;
using AuthzCluster.Conformance.Hosting;
using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;
using Xunit.Abstractions;

namespace AuthzCluster.Embedded.Tests.Administration;

/// <summary>Whatever callers of limited rights try in whatever order: nobody ends with what none of them could give.</summary>
public sealed class EscalationTests(ITestOutputHelper output)
{
    private const int Sequences = 120, CallsEach = 60, SequencesOfAHost = 200;

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
        Assert.True(_counts.GetValueOrDefault("by a key ok") > 10 && _counts.GetValueOrDefault("by a key forbidden") > 10, "by a key");
    }

    private async Task RunAsync(IHostFixture host, int seed)
    {
        var tenant = new TenantId($"t{seed}");
        Assert.Null((await host.Tenants.CreateAsync(tenant, new TenantPatch(), Setup)).Error);
        var (ports, generator) = (new AdminPorts(host, tenant), new AdminWorldGenerator(seed));
        var world = OracleTenant.Of(["standard"]);
        foreach (var act in generator.Setup)
        {
            // What the rules of roles refuse is not part of the world.
            if (await ports.DoAsync(act) == CaseAttempt.Done)
            {
                Assert.Null(world.Apply(act, AuthzCase.DefaultNow));
            }
        }
        var guard = new OracleGuard(world, AuthzCase.DefaultNow);
        var bounds = new EscalationBounds(world, guard);
        var before = await DigestAsync(host, tenant, ports.Keys);
        Assert.Equal(AdminDigest.Of(world), before);
        for (var i = 0; i < CallsEach; i++)
        {
            var (by, act) = generator.Next();
            var trial = world.Copy();
            var expected = new OracleGuard(trial, AuthzCase.DefaultNow).Try(by, act);
            var actual = await ports.TryAsync(by, act);
            var place = $"seed {seed}, call {i}: {by} {act}";
            var outcomes = actual.Split(", ");
            Count(by, act, outcomes);
            // The oracle knows who may; of the limits of sizes and the words of refusals it knows little.
            Assert.True(actual == expected || !outcomes.Any(one => one is CaseAttempt.Done or OracleGuard.Forbidden), $"{place}: expected {expected}, was {actual}\n{before}");
            if (actual == expected)
            {
                world = trial;
            }
            if (act is AdminAct.CreateKey key && actual == CaseAttempt.Done)
            {
                generator.Made(key);
            }
            var after = await DigestAsync(host, tenant, ports.Keys);
            Assert.True(outcomes.Contains(CaseAttempt.Done) || after == before, $"{place}: {actual} changed something\n{before}\n{after}");
            Assert.True(AdminDigest.Of(world) == after, $"{place}: the world should be\n{AdminDigest.Of(world)}\nbut is\n{after}");
            Assert.Equal("", string.Join('\n', bounds.Breaches(world).Select(breach => $"{place}: {breach}")));
            before = after;
        }
        Count(bounds.Kind);
    }

    private static async Task<string> DigestAsync(IHostFixture host, TenantId tenant, IssuedKeys keys)
    {
        var model = (await host.Transfer.ExportModelAsync(tenant)).Value!;
        var grants = new List<(SubjectId, Assignment)>();
        grants.AddRange(model.TeamGrants.SelectMany(team => team.Value, (team, grant) => (SubjectId.Team(team.Key), grant)));
        var members = new List<(SubjectId, string)>();
        foreach (var subject in AdminWorldGenerator.Subjects.Concat(keys.Labels.Select(IssuedKeys.Named)))
        {
            var held = (await host.Assignments.ListByPrincipalAsync(tenant, keys.Real(subject), null, includeInactive: true)).Value!;
            grants.AddRange(held.Where(view => view.Assignment.IsLiveAt(AuthzCase.DefaultNow)).Select(view => (subject, view.Assignment)));
            members.AddRange((await host.Assignments.ListTeamsAsync(tenant, keys.Real(subject))).Value!.Select(team => (subject, team)));
        }
        var known = (await host.ApiKeys.ListAsync(tenant, null, 1000)).Value!.Items;
        return AdminDigest.Of(
            model.Roles.Values, grants, members, known.Select(key => new OracleKey(key.Name, key.NarrowedTo?.Select(permission => permission.ToString()).ToList())));
    }

    private void Count(SubjectId by, AdminAct act, string[] outcomes)
    {
        foreach (var outcome in outcomes.Select(one => one is CaseAttempt.Done or OracleGuard.Forbidden ? one : "other"))
        {
            Count($"{act.GetType().Name} {outcome}");
            Count($"by {(by.Type == IssuedKeys.LabelType ? "a key" : "a person")} {outcome}");
        }
    }

    private void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
