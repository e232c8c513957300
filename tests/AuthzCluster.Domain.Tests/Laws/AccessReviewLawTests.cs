using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Specification.Generation;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Domain.Tests.Laws;

/// <summary>A review of access never says other than a check, in generated worlds with policies: what hangs on nothing is allowed, and what is allowed is in it.</summary>
public class AccessReviewLawTests
{
    private const int Worlds = 600;

    [Fact]
    public void Review_OfGeneratedWorlds_SaysWhatChecksSay()
    {
        var (certain, denied, byPolicy, allowed) = (0, 0, 0, 0);
        for (var seed = 0; seed < Worlds; seed++)
        {
            var world = seed % 4 == 0 ? WorldGenerator.World(seed) : WorldGenerator.WithPolicies(WorldGenerator.World(seed));
            var tenant = CompiledTenant.Compile(world.Model);
            foreach (var question in world.Requests)
            {
                var grants = SubjectGrants.Compile(question.Request.Subject, world.SubjectOf(question.Request.Subject));
                var listed = DecisionEngine.ListPermissions(tenant, grants, question.At);
                foreach (var entry in listed.Where(entry => !entry.IsConditional))
                {
                    var asked = new Permission(Name(entry.Permission.Resource), Name(entry.Permission.Action), entry.Permission.Scope);
                    var check = DecisionEngine.Decide(tenant, grants, question.Request with { Permission = asked, HasExplicitScope = true }, question.At);
                    Assert.True(check.IsAllowed, $"seed {seed}: {entry} but {asked} is {check.Reason} by {check.MatchedPolicy}");
                    certain++;
                }
                var decision = DecisionEngine.Decide(tenant, grants, EngineRunner.Join(tenant, world.Entities, question.Request), question.At);
                var covering = listed.Where(entry => entry.Permission.CoversResource(question.Request.Permission.Resource)
                    && (entry.Permission.Action == Permission.Wildcard || entry.Permission.Action == question.Request.Permission.Action)).ToList();
                Assert.True(!decision.IsAllowed || tenant.FinalWord is not null || covering.Exists(entry => entry.Permission == decision.MatchedPermission && entry.Role == decision.MatchedRole
                    && (decision.Reason != DecisionReason.GrantedByPolicy || entry.Policy == decision.MatchedPolicy)), $"seed {seed}: {decision}");
                Assert.True(decision.Reason is not (DecisionReason.DeniedByPolicy or DecisionReason.PolicyError)
                    || covering.TrueForAll(entry => !entry.Permission.Covers(question.Request.Permission) || entry.IsConditional), $"seed {seed}: {decision}");
                (allowed, denied, byPolicy) = (allowed + (decision.IsAllowed ? 1 : 0), denied + listed.Count(entry => entry.DeniedBy.Length > 0), byPolicy + listed.Count(entry => entry.Policy is not null));
            }
        }
        // Else it would say nothing.
        Assert.All([certain, denied, byPolicy, allowed], count => Assert.True(count > 1000, $"{certain} certain, {denied} deniable, {byPolicy} by a policy, {allowed} allowed"));
    }

    [Theory]
    [InlineData("doc:read", "doc", "*", true)]
    [InlineData("doc:read", "doc:read", "*", true)]
    [InlineData("doc:read", "doc:write", "*", false)]
    [InlineData("doc:read", "doc:read:own", "*", true)]
    [InlineData("doc:read", "*", "write", false)]
    [InlineData("doc:read", "do*", "*", true)]
    [InlineData("doc:read", "*:own", "*", true)]
    [InlineData("doc:read", "*:write", "*", false)]
    [InlineData("doc:read:own", "doc:read:*", "*", true)]
    [InlineData("doc:*", "doc:read", "*", true)]
    [InlineData("doc:*", "docs:read", "*", false)]
    [InlineData("doc:*", "doc", "write", true)]
    [InlineData("a.*:read", "a.b:read", "*", true)]
    [InlineData("a.*:read", "a.b:write", "*", false)]
    [InlineData("a.*:read", "a.b.c*", "*", true)]
    [InlineData("a.*:read", "b.*", "*", false)]
    [InlineData("*", "x:y", "*", true)]
    [InlineData("*:read", "x:y", "*", false)]
    public void Denial_OfATarget_IsToldWhereItMayMeetThePermission(string permission, string resource, string action, bool meets)
    {
        var policy = new CompiledPolicy(
            new PolicyDefinition { Id = "p", Name = "p", Effect = PolicyEffect.Deny, Resources = [resource], Actions = [action] }, null, CustomConditions.None);

        Assert.Equal(meets, PolicyMeeting.May(policy, Permission.Parse(permission)));
    }

    // Some name that a pattern covers.
    private static string Name(string segment) => segment.Replace("*", "anything", StringComparison.Ordinal);
}
