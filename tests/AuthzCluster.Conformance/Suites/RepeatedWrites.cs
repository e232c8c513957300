using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Every kind of write there is, to be repeated: <see cref="RepeatSuite"/> holds them to be all that the ports have.</summary>
public abstract class RepeatedWrites(IHostFixture host) : HostSuite(NotedCalls.Around(host))
{
    private static readonly AssignmentPatch Suspend = new() { IsActive = false };

    protected static readonly string[] Names =
    [
        "create role", "create assigned role", "replace role", "add permission", "remove permission", "put parent", "remove parent", "delete role", "delete held role",
        "assign", "assign team", "revoke", "revoke team", "patch", "patch team", "join", "leave", "put entity", "delete entity", "register", "unregister",
        "create tenant", "update tenant", "delete tenant", "import model", "import assignments", "import entities", "create key", "rotate key", "revoke key", "create constraint", "delete constraint",
        "create policy", "replace policy", "delete policy", "attach policy", "detach policy", "ask", "approve", "reject", "cancel",
        "create webhook", "update webhook", "rotate webhook", "replay webhook", "delete webhook",
    ];

    protected static Caller Requesting(string id, TenantId? tenant = null) => Admin with { Request = RequestKey.Own(tenant ?? Tenant, id) };

    protected static Caller Again(Caller caller) => caller with { Request = caller.Request!.Again() };

    protected Task<Result<AssignmentView>> AssignAsync(string principal, string role, Caller caller) =>
        Host.Assignments.AssignAsync(Tenant, role, new AssignmentDraft(SubjectId.Parse(principal)), caller);

    /// <summary>How often its action was told of, less how often it was undone.</summary>
    protected async Task<int> CountAsync(RepeatedWrite write)
    {
        // The log of a tenant that is no more cannot be listed; that it is not there is what was done.
        var isThere = (await Host.Tenants.GetAsync(Gone)).IsOk;
        if (write.Action is "tenant.created" or "tenant.deleted")
        {
            return isThere == (write.Action == "tenant.created") ? 1 : 0;
        }
        var records = (await AuditAsync(TenantId.Default)).Concat(isThere ? await AuditAsync(Gone) : []).ToArray();
        return records.Count(record => record.Entry.Action == write.Action) - records.Count(record => record.Entry.Action == write.Undone);
    }

    protected RepeatedWrite Of(string kind) => kind switch
    {
        "create role" => new(None, (name, caller) => Text(Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = name }, caller)), "role.created"),
        "create assigned role" => new(None, (name, caller) => Text(Host.Roles.CreateAsync(
            Tenant, new RoleDraft { Name = name, Permissions = ["x:*"], AssignedTo = [SubjectId.User("alice"), SubjectId.Team("blue")] }, caller)), "role.created") { Undone = "role.deleted" },
        "replace role" => new(Role, (name, caller) => Text(Host.Roles.ReplaceAsync(Tenant, name, new RoleDraft { Name = $"{name}-new" }, 1, caller)), "role.updated"),
        "add permission" => new(Role, (name, caller) => Text(Host.Roles.AddPermissionAsync(Tenant, name, "b:read", 1, caller)), "role.updated"),
        "remove permission" => new(Role, (name, caller) => Text(Host.Roles.RemovePermissionAsync(Tenant, name, "a:read", 1, caller)), "role.updated"),
        "put parent" => new(Two, (name, caller) => Text(Host.Roles.PutParentAsync(Tenant, name, new ParentDraft($"{name}-base"), 1, caller)), "role.hierarchy.changed"),
        "remove parent" => new(Child, (name, caller) => Text(Host.Roles.RemoveParentAsync(Tenant, name, "viewer", 1, caller)), "role.hierarchy.changed"),
        "delete role" => new(Role, (name, caller) => Done(Host.Roles.DeleteAsync(Tenant, name, false, 1, caller)), "role.deleted"),
        "delete held role" => new(Held, (name, caller) => Done(Host.Roles.DeleteAsync(Tenant, name, true, null, caller)), "role.deleted"),
        "assign" => new(Role, (name, caller) => Text(AssignAsync("alice", name, caller)), "role.assigned"),
        "assign team" => new(Role, (name, caller) => Text(AssignAsync("team:blue", name, caller)), "role.assigned"),
        "revoke" => new(Held, (name, caller) => Text(Host.Assignments.RevokeAsync(Tenant, name, SubjectId.User("alice"), null, caller)), "role.revoked"),
        "revoke team" => new(Held, (name, caller) => Text(Host.Assignments.RevokeAsync(Tenant, name, SubjectId.Team("blue"), null, caller)), "role.revoked"),
        "patch" => new(Held, async (name, caller) => await Text(Host.Assignments.PatchAsync(Tenant, await AssignmentAsync("alice", name), Suspend, caller)), "role.assignment.updated"),
        "patch team" => new(Held, async (name, caller) => await Text(Host.Assignments.PatchAsync(Tenant, await AssignmentAsync("team:blue", name), Suspend, caller)), "role.assignment.updated"),
        "join" => new(None, (name, caller) => Text(Host.Assignments.JoinTeamAsync(Tenant, name, SubjectId.User("alice"), caller)), "team.member.added"),
        "leave" => new(Member, (name, caller) => Text(Host.Assignments.LeaveTeamAsync(Tenant, name, SubjectId.User("alice"), caller)), "team.member.removed"),
        "put entity" => new(None, (name, caller) => Text(Host.Entities.PutAsync(Tenant, Entity($"t{name}:x"), Bag("a", "b"), null, caller)), "entity.created"),
        "delete entity" => new(Stored, (name, caller) => Text(Host.Entities.DeleteAsync(Tenant, Entity($"t:{name}"), 1, caller)), "entity.deleted"),
        "register" => new(None, (name, caller) => Text(Host.Permissions.RegisterAsync(Tenant, $"{name}:read", null, caller)), "permission.registered"),
        "unregister" => new(Registered, (name, caller) => Text(Host.Permissions.RemoveAsync(Tenant, Permission.Parse($"{name}:read"), caller)), "permission.removed"),
        "create tenant" => new(NoTenant, (name, caller) => Text(Host.Tenants.CreateAsync(Gone, new TenantPatch(), OfSystem(caller))), "tenant.created"),
        "update tenant" => new(FreshTenant, (name, caller) => Text(Host.Tenants.UpdateAsync(Gone, new TenantPatch { DisplayName = "New" }, 1, OfSystem(caller))), "tenant.updated"),
        "delete tenant" => new(FreshTenant, (name, caller) => Text(Host.Tenants.DeleteAsync(Gone, null, OfSystem(caller))), "tenant.deleted"),
        "import model" => new(None, (name, caller) => Text(Host.Transfer.ImportModelAsync(Tenant, new ModelImport([new RoleDraft { Name = name }]), false, caller)), "model.imported"),
        "import assignments" => new(Role, (name, caller) => Text(Host.Transfer.ImportAssignmentsAsync(
            Tenant, [.. new[] { "alice", "bob", "team:blue" }.Select(to => new AssignmentRow(name, new AssignmentDraft(SubjectId.Parse(to))))], false, caller)), "role.assigned") { Times = 3, IsByRow = true },
        "import entities" => new(None, (name, caller) => Text(Host.Entities.ImportAsync(
            Tenant, [.. Enumerable.Range(0, 3).Select(i => new EntityRow(new EntityId("t", $"{name}{i}"), AttributeBag.Empty))], false, caller)), "entity.created") { Times = 3, IsByRow = true },
        "create key" => new(None, (name, caller) => Untold(Host.ApiKeys.CreateAsync(Tenant, new ApiKeyDraft(name) { Roles = ["viewer"], Tenants = [Tenant] }, caller)), "api_key.created"),
        "rotate key" => new(Key, (name, caller) => Untold(Host.ApiKeys.RotateAsync(Tenant, _keys[name], null, caller)), "api_key.rotated") { TellsRepeats = true },
        "revoke key" => new(Key, (name, caller) => Text(Host.ApiKeys.RevokeAsync(Tenant, _keys[name], caller)), "api_key.revoked"),
        "create constraint" => new(None, (name, caller) => Text(Host.Constraints.CreateAsync(Tenant, Apart(name), caller)), "constraint.created"),
        "delete constraint" => new(Constrained, (name, caller) => Text(Host.Constraints.DeleteAsync(Tenant, name, caller)), "constraint.deleted"),
        "create policy" => new(None, (name, caller) => Text(Host.Policies.CreateAsync(Tenant, Policy(name), caller)), "policy.created"),
        "replace policy" => new(Policed, (name, caller) => Text(Host.Policies.ReplaceAsync(Tenant, name, Policy(name) with { Name = $"{name}-new" }, 1, caller)), "policy.updated"),
        "delete policy" => new(Policed, (name, caller) => Text(Host.Policies.DeleteAsync(Tenant, name, 1, caller)), "policy.deleted"),
        "attach policy" => new(Role, (name, caller) => Text(Host.Policies.AttachAsync(Tenant, name, Policy(name), 1, caller)), "policy.created"),
        "detach policy" => new(Attached, (name, caller) => Text(Host.Policies.DetachAsync(Tenant, name, name, 2, caller)), "policy.deleted"),
        "ask" => new(Role, (name, caller) => Text(Host.RoleRequests.CreateAsync(Tenant, Wanted(name), caller)), "request.created"),
        "approve" => new(Asked, (name, caller) => Text(Host.RoleRequests.ApproveAsync(Tenant, _made[name], "fine", caller)), "request.approved"),
        "reject" => new(Asked, (name, caller) => Text(Host.RoleRequests.RejectAsync(Tenant, _made[name], "no", caller)), "request.rejected"),
        "cancel" => new(Asked, (name, caller) => Text(Host.RoleRequests.CancelAsync(Tenant, _made[name], "not needed", caller)), "request.cancelled"),
        "create webhook" => new(None, (name, caller) => Text(Host.Webhooks.CreateAsync(Tenant, Hook(name), caller)), "webhook.created"),
        "update webhook" => new(Hooked, (name, caller) => Text(Host.Webhooks.UpdateAsync(Tenant, _made[name], new WebhookDraft { Description = "new" }, 1, caller)), "webhook.updated"),
        "rotate webhook" => new(Hooked, (name, caller) => Text(Host.Webhooks.RotateAsync(Tenant, _made[name], null, caller)), "webhook.rotated"),
        "replay webhook" => new(Hooked, (name, caller) => Text(Host.Webhooks.ReplayAsync(Tenant, _made[name], 0, caller)), "webhook.replayed"),
        "delete webhook" => new(Hooked, (name, caller) => Text(Host.Webhooks.DeleteAsync(Tenant, _made[name], 1, caller)), "webhook.deleted"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static TenantId Gone => new("gone");

    // Whoever asks does not decide.
    private static readonly Caller Asker = new(SubjectId.User("asker"), "request-0") { IsTrusted = true };

    private readonly Dictionary<string, ApiKeyId> _keys = [];

    // The ids of requests and of webhooks, by the name of what is written.
    private readonly Dictionary<string, string> _made = [];

    private static Task None(string name) => Task.CompletedTask;

    private static ConstraintDraft Apart(string name) => new() { Id = name, Name = name, Roles = ["viewer", "user_manager"], Max = 1 };

    private async Task Constrained(string name) => Ok(await Host.Constraints.CreateAsync(Tenant, Apart(name), Admin));

    private static PolicyDraft Policy(string name) => new() { Id = name, Name = name, Effect = PolicyEffect.Deny, Principals = ["user:nobody"] };

    private async Task Policed(string name) => Ok(await Host.Policies.CreateAsync(Tenant, Policy(name), Admin));

    private async Task Attached(string name)
    {
        await Role(name);
        Ok(await Host.Policies.AttachAsync(Tenant, name, Policy(name), null, Admin));
    }

    private static RoleRequestDraft Wanted(string role) => new(role, new AssignmentDraft(SubjectId.User("alice")));

    private async Task Asked(string name)
    {
        await Role(name);
        _made[name] = Ok(await Host.RoleRequests.CreateAsync(Tenant, Wanted(name), Asker)).Request.Id;
    }

    // Nothing is sent there.
    private static WebhookDraft Hook(string name) => new() { Url = $"https://{name}.example.com/", IsActive = false };

    private async Task Hooked(string name) => _made[name] = Ok(await Host.Webhooks.CreateAsync(Tenant, Hook(name), Admin)).Hook.Id;

    private static Caller OfSystem(Caller caller) => caller with { Request = caller.Request! with { Tenant = TenantId.System } };

    private static Task<RepeatedAnswer> Text<T>(Task<Result<T>> write) => RepeatedAnswer.OfAsync(write);

    // A deletion made again is told of by the name that was given.
    private static Task<RepeatedAnswer> Done<T>(Task<Result<T>> write) => RepeatedAnswer.OfAsync(DoneAsync(write));

    private static async Task<Result<bool>> DoneAsync<T>(Task<Result<T>> write) => (await write).Map(_ => true);

    // Of keys the secret is another each time.
    private static Task<RepeatedAnswer> Untold(Task<Result<IssuedKey>> write) => RepeatedAnswer.OfAsync(KeyOfAsync(write));

    private static async Task<Result<ApiKey>> KeyOfAsync(Task<Result<IssuedKey>> write) => (await write).Map(issued => issued.Key);

    private Task Role(string name) => RoleAsync(name, "a:read");

    private async Task Two(string name)
    {
        await Role(name);
        await Role($"{name}-base");
    }

    private async Task Child(string name) => Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = name, Parents = [new ParentDraft("viewer")] }, Admin));

    private async Task Held(string name)
    {
        await Role(name);
        Ok(await AssignAsync("alice", name));
        Ok(await AssignAsync("team:blue", name));
    }

    private async Task Member(string team) => Ok(await Host.Assignments.JoinTeamAsync(Tenant, team, SubjectId.User("alice"), Admin));

    private async Task Stored(string name) => Ok(await PutAsync($"t:{name}", AttributeBag.Empty));

    private async Task Registered(string name) => Ok(await Host.Permissions.RegisterAsync(Tenant, $"{name}:read", null, Admin));

    private async Task NoTenant(string name) => await Host.Tenants.DeleteAsync(Gone, null, Admin);

    private async Task FreshTenant(string name)
    {
        await NoTenant(name);
        Ok(await Host.Tenants.CreateAsync(Gone, new TenantPatch(), Admin));
    }

    private async Task Key(string name) => _keys[name] = Ok(await Host.ApiKeys.CreateAsync(Tenant, new ApiKeyDraft(name) { Roles = ["viewer"], Tenants = [Tenant] }, Admin)).Key.Id;

    private async Task<string> AssignmentAsync(string principal, string role) =>
        Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.Parse(principal), null, includeInactive: true)).Single(held => held.RoleName == role).Assignment.Id;
}
