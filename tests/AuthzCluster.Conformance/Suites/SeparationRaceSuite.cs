using AuthzCluster.Actors.Storage;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Separation of duty where what is given, and what it counts as, change at once. A switch leaves a rule out: then the test has to find it.</summary>
public abstract class SeparationRaceSuite(IHostFixture host) : HostSuite(host)
{
    private const int Pairs = 2_000;

    [Fact]
    public async Task Assign_TwoInConflictAtOnce_ExactlyOneSucceedsEachTime()
    {
        await RolesAsync();
        Ok(await CreateAsync("k", "a", "b"));
        for (var first = 0; first < Pairs; first += 100)
        {
            var users = Enumerable.Range(first, 100).Select(i => $"user{i}").ToArray();
            var granted = await Task.WhenAll(users.Select(async user =>
            {
                var both = await Task.WhenAll(Task.Run(() => AssignAsync(user, "a")), Task.Run(() => AssignAsync(user, "b")));
                Assert.All(both.Where(one => !one.IsOk), one => Refused(ErrorCode.RoleConflict, one));
                return both.Count(one => one.IsOk);
            }));
            Assert.All(granted, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Assign_DecidedBeforeTheConstraint_DoesNotSlipPast(bool isRuleKept)
    {
        await RolesAsync();
        Ok(await AssignAsync("alice", "a"));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsSubject);
        Host.Store.Rewrite = isRuleKept ? null : commit => commit with { Requires = [.. commit.Requires.Where(row => row.Index != IndexNames.AssignableRoles)] };
        var assigning = Task.Run(() => AssignAsync("alice", "b"));
        await reached.Task;
        Ok(await CreateAsync("k", "a", "b"));
        proceed.SetResult();

        Assert.Equal(isRuleKept ? ErrorCode.RoleConflict : null, (await assigning).Error?.Code);
        Assert.Equal(isRuleKept ? 0 : 1, (await BrokenAsync("alice")).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Join_DecidedBeforeTheTeamsBinding_DoesNotSlipPast(bool isRuleKept)
    {
        await RolesAsync();
        Ok(await CreateAsync("k", "a", "b"));
        Ok(await AssignAsync("alice", "a"));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsSubject);
        Host.Store.Rewrite = isRuleKept ? null : commit => commit with { Vacant = [] };
        var joining = Task.Run(() => Host.Assignments.JoinTeamAsync(Tenant, "blue", SubjectId.User("alice"), Admin));
        await reached.Task;
        Ok(await AssignAsync("team:blue", "b"));
        proceed.SetResult();

        Assert.Equal(isRuleKept ? ErrorCode.RoleConflict : null, (await joining).Error?.Code);
        Assert.Equal(isRuleKept ? 0 : 1, (await BrokenAsync("alice")).Count());
    }

    [Fact]
    public async Task Assign_WhileHoldersAreLookedAt_GoesByWhatWouldBeInForce()
    {
        await RolesAsync();
        Ok(await AssignAsync("alice", "a"));
        var commits = 0;
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsTenant && Interlocked.Increment(ref commits) == 2);
        var making = Task.Run(() => CreateAsync("k", "a", "b"));
        await reached.Task;
        Refused(ErrorCode.RoleConflict, await AssignAsync("alice", "b"));
        Ok(await AssignAsync("bob", "b"));
        proceed.SetResult();

        Ok(await making);
        Refused(ErrorCode.RoleConflict, await AssignAsync("bob", "a"));
    }

    [Fact]
    public async Task Everything_AtOnce_LeavesNobodyInConflict()
    {
        await RolesAsync();
        var random = new Random(7);
        var names = new[] { "a", "b", "c" };
        for (var round = 0; round < 25; round++)
        {
            var steps = Enumerable.Range(0, 40).Select(_ => (Kind: random.Next(9), Who: $"user{random.Next(4)}", Team: $"team{random.Next(2)}", Role: names[random.Next(3)], Other: names[random.Next(3)]));
            await Task.WhenAll(steps.ToArray().Select(step => Task.Run(async () =>
            {
                var error = step.Kind switch
                {
                    0 or 1 => (await AssignAsync(step.Who, step.Role)).Error,
                    2 => (await RevokeAsync(step.Who, step.Role)).Error,
                    3 => (await Host.Assignments.JoinTeamAsync(Tenant, step.Team, SubjectId.User(step.Who), Admin)).Error,
                    4 => (await Host.Assignments.LeaveTeamAsync(Tenant, step.Team, SubjectId.User(step.Who), Admin)).Error,
                    5 => (await AssignAsync($"team:{step.Team}", step.Role)).Error,
                    6 => (await RevokeAsync($"team:{step.Team}", step.Role)).Error,
                    7 => (await CreateAsync("k", "a", "b", "c")).Error,
                    _ => (await Host.Constraints.DeleteAsync(Tenant, "k", Admin)).Error,
                };
                Assert.Contains(error?.Code, new ErrorCode?[] { null, ErrorCode.RoleConflict, ErrorCode.AssignmentNotFound, ErrorCode.NotFound, ErrorCode.InvalidState, ErrorCode.VersionConflict });
            })));
            for (var user = 0; user < 4; user++)
            {
                Assert.Empty(await BrokenAsync($"user{user}"));
            }
        }
    }

    private async Task RolesAsync()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Id = name, Name = name }, Admin));
        }
    }

    private Task<Result<SeparationConstraint>> CreateAsync(string id, params string[] roles) =>
        Host.Constraints.CreateAsync(Tenant, new ConstraintDraft { Id = id, Name = id, Roles = roles, Max = 1 }, Admin);

    // Counted by itself, and not by what refuses.
    private async Task<IEnumerable<string>> BrokenAsync(string user)
    {
        var model = Ok(await Host.Transfer.ExportModelAsync(Tenant));
        var held = Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.User(user), null, false)).Select(view => view.Assignment.Role);
        var teams = Ok(await Host.Assignments.ListTeamsAsync(Tenant, SubjectId.User(user)));
        var all = held.Concat(teams.SelectMany(team => model.TeamGrants.GetValueOrDefault(team, [])).Select(grant => grant.Role)).ToHashSet();
        return model.Constraints.Values.Where(constraint => constraint.Roles.Count(all.Contains) > constraint.Max).Select(constraint => constraint.Id);
    }
}
