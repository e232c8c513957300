using System.Diagnostics;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Benchmarks.Engine;

/// <summary>What policies and stored entities cost a check in the engine, what they cost to compile, and another engine beside it.</summary>
public static class PoliciesBench
{
    private const int Calls = 500_000, Many = 10_000, Few = 100;

    // The last of them, so that nothing stands at hand.
    private static readonly string Resource = $"docs{(Few / PolicyModels.OfOneResource) - 1}";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SubjectId Alice = SubjectId.User("alice");

    private static readonly AttributeBag Subject = AttributeBag.Of(("clearance", AttributeValue.Of(4m)), ("department", AttributeValue.Of("sales")));

    private static readonly AttributeBag Properties = AttributeBag.Of(
        ("level", AttributeValue.Of(4m)), ("classification", AttributeValue.Of("internal")), ("region", AttributeValue.Of("eu-west")), ("owner_id", AttributeValue.Of("bob")));

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(BenchReport report)
    {
        Compiles(report);
        var plain = Check(report, "no policy", PolicyModels.None(), Ask("notes"), 150);
        Check(report, "one attribute_match", PolicyModels.One(PolicyModels.Match("resource.classification", "eq", AttributeValue.Of("secret"))), Ask("notes"), 400);
        Check(report, "one ip_range", PolicyModels.One(PolicyModels.Ip("203.0.113.0/24", "2001:db8::/32")), Ask("notes"), 400);
        Check(report, "one json_logic of 10 nodes", PolicyModels.One(PolicyModels.Logic()), Ask("notes"), 1500);
        Check(report, "one expression of 5 terms", PolicyModels.One(PolicyModels.Expression()), Ask("notes"), 1500);
        var few = Check(report, $"{Few} policies, of which 3 match", PolicyModels.Many(Few), Ask(Resource), 3000);
        var many = Check(report, $"{Many:#,0} policies, of which 3 match", PolicyModels.Many(Many), Ask(Resource), 3000);
        report.Add($"{Many:#,0} policies over {Few}", many / few, "times", atMost: 1.25);
        Check(report, $"{Many:#,0} policies, of which none matches", PolicyModels.Many(Many), Ask("notes"));
        Joined(report, plain);
        await CedarBench.RunAsync(report, Few, Many, Resource);
    }

    private static void Compiles(BenchReport report)
    {
        var model = PolicyModels.Many(Many);
        var start = Stopwatch.GetTimestamp();
        var tenant = CompiledTenant.Compile(model);
        report.Add($"compiling {Many:#,0} policies, the first of the process", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        report.Add("the same, again", Measure.PerCall(_ => CompiledTenant.Compile(model), 1).Nanoseconds / 1e6, "ms", atMost: 300);
        var one = model.Policies.Values.First();
        var draft = new PolicyDraft { Name = one.Name, Effect = one.Effect, Resources = one.Resources, Actions = one.Actions, Conditions = one.Conditions, Priority = 99 };
        var change = PolicyEditor.Replace(model, one.Id, draft, null, Now).Value!;
        report.Add($"deciding a change of one policy of {Many:#,0}", Measure.PerCall(_ => PolicyEditor.Replace(model, one.Id, draft, null, Now), 1).Nanoseconds / 1e6, "ms", atMost: 1);
        report.Add($"compiling after a change of one policy of {Many:#,0}", Measure.PerCall(_ => tenant.Update(change.Model, change.Touched), 1).Nanoseconds / 1e6, "ms", atMost: 3);
    }

    private static void Joined(BenchReport report, double plain)
    {
        var (tenant, grants) = (CompiledTenant.Compile(PolicyModels.None()), Grants());
        var request = Ask("notes") with { SubjectProperties = AttributeBag.Empty, ResourceProperties = AttributeBag.Of(("level", AttributeValue.Of(1m))) };
        var subject = new StoredEntity { Revision = 1, Properties = Subject };
        var resource = new StoredEntity { Revision = 1, Properties = Properties };
        var (nanoseconds, bytes) = Measure.PerCall(
            count =>
            {
                for (var i = 0; i < count; i++)
                {
                    DecisionEngine.Decide(tenant, grants, StoredProperties.Join(request, subject, resource), Now);
                }
            },
            Calls);
        report.Add("stored subject and resource joined in, over a plain check", nanoseconds - plain, "ns", atMost: 500);
        report.Add("stored subject and resource joined in, allocated", bytes, "B");
    }

    private static double Check(BenchReport report, string name, TenantModel model, AccessRequest request, double? atMost = null)
    {
        var (tenant, grants) = (CompiledTenant.Compile(model), Grants());
        var expected = request.Permission.Resource == "notes" ? DecisionReason.Granted : DecisionReason.GrantedByPolicy;
        if (DecisionEngine.Decide(tenant, grants, request, Now).Reason is var reason && reason != expected)
        {
            throw new InvalidOperationException($"{name} is {reason}");
        }
        var (nanoseconds, bytes) = Measure.PerCall(
            count =>
            {
                for (var i = 0; i < count; i++)
                {
                    DecisionEngine.Decide(tenant, grants, request, Now);
                }
            },
            Calls);
        report.Add($"check with {name}", nanoseconds, "ns", atMost);
        report.Add($"check with {name}, allocated", bytes, "B");
        return nanoseconds;
    }

    private static SubjectGrants Grants() => SubjectGrants.Compile(Alice, new SubjectAssignments
    {
        Revision = 1,
        Live = [new Assignment { Id = "a0", Role = new RoleId("reader"), GrantedBy = "user:root" }],
    });

    private static AccessRequest Ask(string resource) => new()
    {
        Subject = Alice,
        Permission = new Permission(resource, "read"),
        ResourceId = "42",
        SubjectProperties = Subject,
        ResourceProperties = Properties,
        Context = AttributeBag.Of(("ip_address", AttributeValue.Of("10.1.2.3")), ("mfa", AttributeValue.Of(true))),
    };
}
