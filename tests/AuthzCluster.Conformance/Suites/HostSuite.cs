using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>What every host must do, whatever runs its actors. A host runs a suite by deriving from it with its own fixture.</summary>
public abstract class HostSuite(IHostFixture host) : IAsyncLifetime
{
    protected static readonly TenantId Tenant = TenantId.Default;
    protected static readonly Caller Admin = new(SubjectId.User("admin"), "request-1") { IsTrusted = true };

    protected IHostFixture Host { get; } = host;

    protected DateTimeOffset Now => Host.Time.GetUtcNow();

    public Task InitializeAsync() => Host.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    protected static T Ok<T>(Result<T> result)
    {
        Assert.True(result.IsOk, result.Error?.Detail);
        return result.Value!;
    }

    protected static void Refused<T>(ErrorCode code, Result<T> result) => Assert.Equal(code, result.Error?.Code);

    protected async Task<RoleId> RoleAsync(string name, params string[] permissions) =>
        Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = name, Permissions = permissions }, Admin)).Role.Id;

    protected Task<Result<AssignmentView>> AssignAsync(string principal, string role, DateTimeOffset? until = null, DateTimeOffset? from = null) =>
        AssignInAsync(Tenant, principal, role, until, from);

    protected Task<Result<AssignmentView>> AssignInAsync(
        TenantId tenant, string principal, string role, DateTimeOffset? until = null, DateTimeOffset? from = null) =>
        Host.Assignments.AssignAsync(
            tenant, role, new AssignmentDraft(SubjectId.Parse(principal)) { ExpiresAt = until, StartsAt = from }, Admin);

    protected Task<Result<int>> RevokeAsync(string principal, string role, AttributeBag? scope = null) =>
        Host.Assignments.RevokeAsync(Tenant, role, SubjectId.Parse(principal), scope, Admin);

    protected ValueTask<Result<Decision>> EvaluateAsync(string subject, string permission, TenantId? tenant = null) =>
        Host.Decisions.EvaluateAsync(tenant ?? Tenant, Question(subject, permission), Now);

    protected async Task<bool> MayAsync(string subject, string permission, TenantId? tenant = null) =>
        Ok(await EvaluateAsync(subject, permission, tenant)).IsAllowed;

    protected static AccessRequest Question(string subject, string permission) => new()
    {
        Subject = SubjectId.Parse(subject),
        Permission = Domain.Permissions.Permission.Parse(permission),
    };

    protected async Task<IReadOnlyList<AuditRecord>> AuditAsync(TenantId? tenant = null)
    {
        var records = new List<AuditRecord>();
        long? before = null;
        do
        {
            var page = Ok(await Host.Audit.ListAsync(tenant ?? Tenant, new AuditQuery(before, 1000)));
            records.AddRange(page.Items);
            before = page.Next is { } next ? long.Parse(next, System.Globalization.CultureInfo.InvariantCulture) : null;
        }
        while (before is not null);
        records.Reverse();
        return records;
    }

    protected async Task<IReadOnlyList<AuditRecord>> AuditAsync(string action) => [.. (await AuditAsync()).Where(record => record.Entry.Action == action)];

    protected Task<IReadOnlyList<AssignmentView>> HoldersAsync(string role) => HoldersAsync(role, new HolderQuery(null, 100));

    protected async Task<IReadOnlyList<AssignmentView>> HoldersAsync(string role, HolderQuery query)
    {
        var views = new List<AssignmentView>();
        string? after = null;
        do
        {
            var page = Ok(await Host.Assignments.ListByRoleAsync(Tenant, role, query with { After = after }));
            views.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return views;
    }

    protected static EntityId Entity(string typeAndId) => new(SubjectId.Parse(typeAndId).Type, SubjectId.Parse(typeAndId).Id);

    protected static AttributeBag Bag(string name, string value) => AttributeBag.Of((name, AttributeValue.Of(value)));

    protected Task<Result<EntityView>> PutAsync(string entity, AttributeBag properties, long? ifVersion = null, TenantId? tenant = null) =>
        Host.Entities.PutAsync(tenant ?? Tenant, Entity(entity), properties, ifVersion, Admin);

    protected Task<Result<EntityId>> DeleteAsync(string entity, long? ifVersion = null) =>
        Host.Entities.DeleteAsync(Tenant, Entity(entity), ifVersion, Admin);

    protected static AccessRequest QuestionOn(string subject, string permission, string id) => Question(subject, permission) with { ResourceId = id };

    protected async Task<bool> MayOnAsync(string subject, string permission, string id, TenantId? tenant = null) =>
        Ok(await Host.Decisions.EvaluateAsync(tenant ?? Tenant, QuestionOn(subject, permission, id), Now)).IsAllowed;
}
