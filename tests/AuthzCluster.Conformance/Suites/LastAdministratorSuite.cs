using AuthzCluster.Actors.Ports;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Somebody administers <c>system</c> for ever, whatever is taken from whom, and by how many at once.</summary>
public abstract class LastAdministratorSuite(IHostFixture host) : HostSuite(host)
{
    private const string Role = "super_admin";

    private static readonly string[] Ways = ["revoke", "suspend", "end", "condition", "again", "late"];

    public static TheoryData<string> Ends => [.. Ways];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task End_OfTheLastOne_IsRefusedAndOfTheOneBeforeIsNot(string way)
    {
        await GiveAsync("ann");
        await GiveAsync("bob");

        Assert.Null(await EndAsync(way, "ann", "bob"));
        Assert.Equal(ErrorCode.SystemRoleProtected, (await EndAsync(way, "bob", "bob"))?.Code);
        Ok(await Host.Tenants.UpdateAsync(TenantId.System, new TenantPatch { DisplayName = "still mine" }, null, Of("bob")));
        await GiveAsync("carol");
        Assert.Null(await EndAsync(way, "bob", "carol"));
    }

    [Fact]
    public async Task Revoke_WhereOthersHoldItLessThanForEver_IsRefused()
    {
        await GiveAsync("ann");
        await GiveAsync("soon", draft => draft with { ExpiresAt = Now.AddYears(1) });
        await GiveAsync("later", draft => draft with { StartsAt = Now.AddHours(1) });
        await GiveAsync("scoped", draft => draft with { Scope = Bag("campus", "north") });
        await GiveAsync("sometimes", draft => draft with { Conditions = [Condition] });
        var id = await GiveAsync("off");
        Ok(await Host.Assignments.PatchAsync(TenantId.System, id, new AssignmentPatch { IsActive = false }, Admin));
        Ok(await AssignInAsync(TenantId.System, "team:chiefs", Role));
        Ok(await Host.Assignments.JoinTeamAsync(TenantId.System, "chiefs", SubjectId.User("member"), Admin));

        Assert.Equal(ErrorCode.SystemRoleProtected, (await EndAsync("revoke", "ann", "ann"))?.Code);
        // What is less than that may go.
        Assert.Null(await EndAsync("revoke", "soon", "ann"));
        Ok(await Host.Assignments.PatchAsync(TenantId.System, id, new AssignmentPatch { IsActive = true }, Admin));
        Assert.Null(await EndAsync("revoke", "ann", "ann"));
    }

    [Fact]
    public async Task RevokeKey_ThatIsTheLastOne_IsRefused()
    {
        await GiveAsync("ann");
        var first = await KeyAsync(TenantId.System);
        var second = await KeyAsync(TenantId.System);
        var short1 = await KeyAsync(TenantId.System, Now.AddDays(1));
        Assert.Null(await EndAsync("revoke", "ann", first.Subject));

        Ok(await Host.ApiKeys.RevokeAsync(TenantId.System, first, Of(second.Subject)));
        Ok(await Host.ApiKeys.RevokeAsync(TenantId.System, short1, Of(second.Subject)));
        Refused(ErrorCode.SystemRoleProtected, await Host.ApiKeys.RevokeAsync(TenantId.System, second, Of(second.Subject)));
        Assert.Equal(ErrorCode.SystemRoleProtected, (await EndAsync("revoke", second.Subject, second.Subject))?.Code);
        Assert.Null(Ok(await Host.ApiKeys.GetAsync(TenantId.System, second)).RevokedAt);
        await GiveAsync("carol");
        Ok(await Host.ApiKeys.RevokeAsync(TenantId.System, second, Of(second.Subject)));
    }

    [Fact]
    public async Task Revoke_WhereAKeyThatIsNotThereWouldBeLeft_IsRefused()
    {
        await GiveAsync("ann");
        await GiveAsync(new ApiKeyId("ghost").Subject);

        Assert.Equal(ErrorCode.SystemRoleProtected, (await EndAsync("revoke", "ann", "ann"))?.Code);
    }

    [Fact]
    public async Task DeleteTenant_WithWhichTheLastKeyEnds_IsRefused()
    {
        var acme = new TenantId("acme");
        Ok(await Host.Tenants.CreateAsync(acme, new TenantPatch(), Admin));
        await GiveAsync("ann");
        var key = await KeyAsync(acme);
        Assert.Null(await EndAsync("revoke", "ann", key.Subject));

        Refused(ErrorCode.SystemRoleProtected, await Host.Tenants.DeleteAsync(acme, null, Of(key.Subject)));
        await GiveAsync("bob");
        Ok(await Host.Tenants.DeleteAsync(acme, null, Of("bob")));
        Assert.Equal(ErrorCode.SystemRoleProtected, (await EndAsync("revoke", "bob", "bob"))?.Code);
    }

    [Fact]
    public async Task Ends_OfTheLastTwoAtOnce_ExactlyOneIsDone()
    {
        const int rounds = 150;
        var random = new Random(7);
        for (var round = 0; round < rounds; round++)
        {
            SubjectId[] two = [SubjectId.User($"a{round}"), round % 3 == 0 ? (await KeyAsync(TenantId.System)).Subject : SubjectId.User($"b{round}")];
            await GiveAsync(two[0]);
            await GiveAsync(two[1]);
            if (round > 0)
            {
                await RetireOthersAsync(two);
            }

            var errors = await Task.WhenAll(two.Select(subject =>
            {
                var way = Ways[random.Next(Ways.Length)];
                return Task.Run(() => subject.Type == "service" && way == "revoke"
                    ? RevokeKeyAsync(subject) : EndAsync(way, subject, subject));
            }));

            Assert.Single(errors, error => error is null);
            Assert.Contains(Assert.Single(errors, error => error is not null)!.Code, new[] { ErrorCode.SystemRoleProtected, ErrorCode.VersionConflict });
        }

        async Task<AuthzError?> RevokeKeyAsync(SubjectId subject) => (await Host.ApiKeys.RevokeAsync(TenantId.System, new ApiKeyId(subject.Id), Of(subject))).Error;
    }

    private static Condition Condition => new("resource_owner", AttributeBag.Empty);

    private static Caller Of(string user) => Of(SubjectId.User(user));

    private static Caller Of(SubjectId subject) => new(subject, "request-2") { ReachesSystem = true };

    private Task<string> GiveAsync(string user, Func<AssignmentDraft, AssignmentDraft>? change = null) => GiveAsync(SubjectId.User(user), change);

    private async Task<string> GiveAsync(SubjectId subject, Func<AssignmentDraft, AssignmentDraft>? change = null)
    {
        var draft = new AssignmentDraft(subject);
        return Ok(await Host.Assignments.AssignAsync(TenantId.System, Role, change is null ? draft : change(draft), Admin)).Assignment.Id;
    }

    private async Task<ApiKeyId> KeyAsync(TenantId owner, DateTimeOffset? until = null) => Ok(await Host.ApiKeys.CreateAsync(
        owner, new ApiKeyDraft("k") { Roles = [Role], Tenants = [.. new[] { owner, TenantId.System }.Distinct()], ExpiresAt = until }, Admin)).Key.Id;

    private Task<AuthzError?> EndAsync(string way, string user, string by) => EndAsync(way, SubjectId.User(user), SubjectId.User(by));

    private Task<AuthzError?> EndAsync(string way, string user, SubjectId by) => EndAsync(way, SubjectId.User(user), by);

    private async Task<AuthzError?> EndAsync(string way, SubjectId subject, SubjectId by)
    {
        var caller = Of(by);
        var id = Ok(await Host.Assignments.ListByPrincipalAsync(TenantId.System, subject, null, includeInactive: true)).First(view => view.Assignment.RevokedAt is null).Assignment.Id;
        return way switch
        {
            "revoke" => (await Host.Assignments.RevokeAsync(TenantId.System, Role, subject, null, caller)).Error,
            "suspend" => await PatchAsync(new AssignmentPatch { IsActive = false }),
            "end" => await PatchAsync(new AssignmentPatch { ExpiresAt = new(Now.AddYears(9)) }),
            "late" => await PatchAsync(new AssignmentPatch { StartsAt = new(Now.AddHours(1)) }),
            "condition" => await PatchAsync(new AssignmentPatch { Conditions = [Condition] }),
            _ => (await Host.Assignments.AssignAsync(TenantId.System, Role, new AssignmentDraft(subject) { ExpiresAt = Now.AddYears(9) }, caller)).Error,
        };

        async Task<AuthzError?> PatchAsync(AssignmentPatch patch) => (await Host.Assignments.PatchAsync(TenantId.System, id, patch, caller)).Error;
    }

    // All but these stop being one; the service itself may do that.
    private async Task RetireOthersAsync(SubjectId[] kept)
    {
        string? after = null;
        do
        {
            var page = Ok(await Host.Assignments.ListByRoleAsync(TenantId.System, Role, new HolderQuery(after, 100)));
            foreach (var view in page.Items.Where(view => !kept.Contains(view.Principal)))
            {
                Ok(await Host.Assignments.RevokeAsync(TenantId.System, Role, view.Principal, null, Admin));
            }
            after = page.Next;
        }
        while (after is not null);
    }
}
