using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Engine;

/// <summary>The engine by itself, on one core, the question already parsed.</summary>
public static class EngineBench
{
    private const int Calls = 2_000_000;
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs it.</summary>
    public static Task RunAsync(BenchReport report)
    {
        var chains = BenchModels.Chains(chains: 200, depth: 5, permissions: 20);
        string[] held = ["role-0-4", "role-50-4", "role-100-4", "role-150-4", "role-199-4"];
        var alone = Checks(report, "1,000 roles in chains", chains, held, "res199.2:act7", "res7.1:act3");

        var crowded = Checks(report, "same, 1,000,000 other subjects in memory", chains, held, "res199.2:act7", "res7.1:act3", others: 1_000_000);
        report.Add("allow with 1,000,000 others over allow alone", crowded / alone, "times", atMost: 1.10);

        var wide = BenchModels.Chains(chains: 20_000, depth: 5, permissions: 20);
        var many = Checks(report, "100,000 roles in chains", wide, held, "res199.2:act7", "res7.1:act3");
        report.Add("allow in 100,000 roles over allow in 1,000", many / alone, "times", atMost: 1.10);

        if (SharedData.Find(SharedData.GcloudRoles) is null)
        {
            report.LeaveOut("the imported tenant", "AUTHZ_SHARED is not set");
            return Task.CompletedTask;
        }
        var imported = BenchModels.Gcloud();
        var compile = Measure.PerCall(count => Repeat(count, () => CompiledTenant.Compile(imported)), 1);
        report.Add("compiling the imported tenant", compile.Nanoseconds / 1e6, "ms", atMost: 300);
        Checks(report, "imported tenant", imported, ["roles/compute.viewer", "roles/storage.admin", "roles/bigquery.user", "roles/run.viewer", "roles/owner"],
            "storage.objects.get", "no.such.permission");
        return Task.CompletedTask;
    }

    private static double Checks(BenchReport report, string name, TenantModel model, string[] roles, string allowed, string denied, int others = 0)
    {
        var tenant = CompiledTenant.Compile(model);
        var subject = SubjectId.User("alice");
        var crowd = Enumerable.Range(0, others).Select(i => Grants(SubjectId.User($"user{i}"), roles)).ToArray();
        foreach (var other in crowd)
        {
            DecisionEngine.Decide(tenant, other, Ask(other.Subject, denied), Now);
        }
        var grants = Grants(subject, roles);
        var allow = Check(report, $"{name}: allow", tenant, grants, Ask(subject, allowed), expected: true);
        Check(report, $"{name}: deny", tenant, grants, Ask(subject, denied), expected: false);
        GC.KeepAlive(crowd);
        return allow;
    }

    private static double Check(BenchReport report, string name, CompiledTenant tenant, SubjectGrants grants, AccessRequest request, bool expected)
    {
        if (DecisionEngine.Decide(tenant, grants, request, Now).IsAllowed != expected)
        {
            throw new InvalidOperationException($"{name} is not {expected}");
        }
        var (nanoseconds, bytes) = Measure.PerCall(count => Repeat(count, () => DecisionEngine.Decide(tenant, grants, request, Now)), Calls);
        report.Add(name, nanoseconds, "ns", atMost: 150);
        report.Add($"{name}, allocated", bytes, "B", atMost: 0.01);
        return nanoseconds;
    }

    private static void Repeat<T>(int count, Func<T> call)
    {
        for (var i = 0; i < count; i++)
        {
            call();
        }
    }

    private static SubjectGrants Grants(SubjectId subject, string[] roles) => SubjectGrants.Compile(subject, new SubjectAssignments
    {
        Revision = 1,
        Live = [.. roles.Select((role, i) => new Assignment { Id = $"a{i}", Role = new RoleId(role), GrantedBy = "user:root" })],
    });

    private static AccessRequest Ask(SubjectId subject, string permission) => new() { Subject = subject, Permission = Permission.Parse(permission) };
}
