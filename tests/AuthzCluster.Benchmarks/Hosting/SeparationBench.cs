using System.Diagnostics;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded;
using AuthzCluster.Hosting;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Hosting;

/// <summary>What separation of duty costs: giving a role under three constraints and without, in turns, and a constraint over many holders.</summary>
public static class SeparationBench
{
    private const int Rounds = 21, Users = 1_000, AtOnce = 16, Holders = 20_000;
    private static readonly Caller Admin = new(new SubjectId("service", "admin"), "bench") { IsTrusted = true };

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        var node = new EmbeddedNode(new EmbeddedOptions { DataDirectory = data.Path }, TimeProvider.System, new OrderedIds(TimeProvider.System));
        await node.StartAsync();
        try
        {
            var (plain, apart) = (await TenantAsync(node, "plain", 0), await TenantAsync(node, "apart", 3));
            var ratios = new double[Rounds];
            var (without, under) = (new double[Rounds], new double[Rounds]);
            for (var round = 0; round < Rounds; round++)
            {
                (without[round], under[round]) = (await AssignAsync(node, plain, round), await AssignAsync(node, apart, round));
                ratios[round] = under[round] / without[round];
            }
            report.Add("assign without constraints", Median(without), "us");
            report.Add("assign under three constraints", Median(under), "us");
            report.Add("the same over the one without", Median(ratios), "times", atMost: 1.2);
            await LookAsync(node, plain, report);
        }
        finally
        {
            await node.StopAsync();
        }
    }

    private static async Task<TenantId> TenantAsync(EmbeddedNode node, string id, int constraints)
    {
        var tenant = new TenantId(id);
        Must(await node.Tenants.CreateAsync(tenant, new TenantPatch(), Admin));
        foreach (var role in new[] { "given", "other0", "other1", "other2" })
        {
            Must(await node.Roles.CreateAsync(tenant, new RoleDraft { Id = role, Name = role, Permissions = ["a:read"] }, Admin));
        }
        for (var i = 0; i < constraints; i++)
        {
            Must(await node.Constraints.CreateAsync(tenant, Apart($"k{i}", "given", $"other{i}"), Admin));
        }
        return tenant;
    }

    private static async Task<double> AssignAsync(EmbeddedNode node, TenantId tenant, int round)
    {
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            Must(await node.Assignments.AssignAsync(tenant, "given", new AssignmentDraft(SubjectId.User($"u{round}-{i}")), Admin)));
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Users;
    }

    // Of those that all hold one role, few hold the other: these alone are read.
    private static async Task LookAsync(EmbeddedNode node, TenantId tenant, BenchReport report)
    {
        Must(await node.Assignments.AssignAsync(tenant, "other1", new AssignmentDraft(SubjectId.User("few")), Admin));
        var start = Stopwatch.GetTimestamp();
        Must(await node.Constraints.CreateAsync(tenant, Apart("few", "given", "other1"), Admin));
        report.Add($"a constraint of a role with {Rounds * Users} holders and one with one", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms", atMost: 100);

        await Parallel.ForAsync(0, Holders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            Must(await node.Assignments.AssignAsync(tenant, "other0", new AssignmentDraft(SubjectId.User($"v{i}")), Admin)));
        start = Stopwatch.GetTimestamp();
        Must(await node.Constraints.CreateAsync(tenant, Apart("many", "given", "other0"), Admin));
        report.Add($"a constraint of two roles with {Holders} holders and more", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
    }

    private static ConstraintDraft Apart(string id, params string[] roles) => new() { Id = id, Name = id, Roles = roles, Max = 1 };

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Must<T>(Result<T> result)
    {
        if (!result.IsOk)
        {
            throw new InvalidOperationException(result.Error.Detail);
        }
    }
}
