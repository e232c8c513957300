using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Assignments and teams: a subject's own go to its writer, a team's to the writer of the model.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class AssignmentService(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : IAssignments
{
    private const int MostOpen = 1000;

    /// <inheritdoc/>
    public Task<Result<AssignmentView>> AssignAsync(TenantId tenant, string role, AssignmentDraft draft, Caller caller) =>
        replicas.WriteRoleAsync<AssignmentView>(tenant, role, caller, async (id, found) =>
        {
            var principal = draft.Principal;
            // Only a request's writer says that something was approved.
            draft = draft with { Approval = null };
            var reply = principal.IsTeam
                ? await directory.Tenant(tenant).AssignTeamAsync(principal.Id, id, draft, dryRun: false, caller)
                : await directory.Subject(tenant, principal).AssignAsync(id, draft, caller);
            return reply.Map(given => View(principal, given.Assignment, found, ports.Now()));
        });

    /// <inheritdoc/>
    public Task<Result<int>> RevokeAsync(TenantId tenant, string role, SubjectId principal, AttributeBag? scope, Caller caller) =>
        replicas.WriteRoleAsync(tenant, role, caller, (id, _) => principal.IsTeam
            ? directory.Tenant(tenant).RevokeTeamAsync(principal.Id, id, scope, caller)
            : directory.Subject(tenant, principal).RevokeAsync(id, scope, caller));

    /// <inheritdoc/>
    public Task<Result<AssignmentView>> GetAsync(TenantId tenant, string assignment) =>
        WithOwnerAsync<AssignmentView>(tenant, assignment, async (model, owner) =>
        {
            if (!owner.IsSubject)
            {
                return TeamGrantEditor.Find(model.Model, assignment) is (var team, var held)
                    ? Kept(SubjectId.Team(team), held, model.Model, ports.Now()) : Refusals.NoAssignment(assignment);
            }
            var read = await directory.Subject(tenant, owner.Subject).ReadAsync();
            return read.Then<AssignmentView>(state => state.Live.AddRange(state.History).FirstOrDefault(held => held.Id == assignment) is { } held
                ? Kept(owner.Subject, held, model.Model, ports.Now()) : Refusals.NoAssignment(assignment));
        });

    /// <inheritdoc/>
    public Task<Result<AssignmentView>> PatchAsync(TenantId tenant, string assignment, AssignmentPatch patch, Caller caller) =>
        WithOwnerAsync<AssignmentView>(tenant, assignment, async (model, owner) =>
        {
            if (!owner.IsSubject)
            {
                var given = await directory.Tenant(tenant).PatchTeamAsync(assignment, patch, caller);
                return given.Map(team => Kept(SubjectId.Team(team.Team), team.Assignment, model.Model, ports.Now()));
            }
            var patched = await directory.Subject(tenant, owner.Subject).PatchAsync(assignment, patch, caller);
            return patched.Map(held => Kept(owner.Subject, held, model.Model, ports.Now()));
        });

    /// <inheritdoc/>
    public Task<Result<Page<AssignmentView>>> ListByRoleAsync(TenantId tenant, string role, HolderQuery query) =>
        replicas.WithRoleAsync<Page<AssignmentView>>(tenant, role, async (model, found) =>
        {
            var now = ports.Now();
            var holdings = await new RoleHolders(found, model.Model, query, ports).ReadAsync(now);
            return new Page<AssignmentView>([.. holdings.Items.Select(item => View(item.Principal, item.Assignment, found, now))], holdings.Next);
        });

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<AssignmentView>>> ListByPrincipalAsync(
        TenantId tenant, SubjectId principal, DateTimeOffset? at, bool includeInactive) =>
        replicas.WithTenantAsync<IReadOnlyList<AssignmentView>>(tenant, async model =>
        {
            var held = principal.IsTeam
                ? new SubjectAssignments
                {
                    Live = model.Model.TeamGrants.GetValueOrDefault(principal.Id, []),
                    History = model.Model.TeamHistory.GetValueOrDefault(principal.Id, []),
                }
                : await directory.Subject(tenant, principal).ReadAsync();
            if (!held.IsOk)
            {
                return held.Error;
            }
            var instant = at ?? ports.Now();
            var live = held.Value.Live.Select(assignment => View(principal, assignment, model.Model.Catalog.Find(assignment.Role), instant));
            var views = live.Concat(held.Value.History.Select(assignment => Ended(principal, assignment, model.Model, instant)));
            views = includeInactive ? views.Concat(await OpenAsync(principal, model.Model)) : views.Where(view => view.Status == AssignmentStatus.Active);
            return views.OrderByDescending(view => view.Assignment.GrantedAt).ThenBy(view => view.Assignment.Id, StringComparer.Ordinal).ToArray();
        });

    /// <inheritdoc/>
    public Task<Result<bool>> JoinTeamAsync(TenantId tenant, string team, SubjectId member, Caller caller) =>
        directory.Subject(tenant, member).JoinTeamAsync(team, caller);

    /// <inheritdoc/>
    public Task<Result<bool>> LeaveTeamAsync(TenantId tenant, string team, SubjectId member, Caller caller) =>
        directory.Subject(tenant, member).LeaveTeamAsync(team, caller);

    /// <inheritdoc/>
    public Task<Result<Page<SubjectId>>> ListTeamMembersAsync(TenantId tenant, string team, string? after, int limit) =>
        replicas.WithTenantAsync<Page<SubjectId>>(tenant, async _ =>
        {
            var rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.TeamMembers, team, after, limit + 1);
            var members = rows.Take(limit).Select(row => new ActorKey(row.Member).Subject).ToArray();
            return new Page<SubjectId>(members, rows.Count > limit ? rows[limit - 1].Member : null);
        });

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<string>>> ListTeamsAsync(TenantId tenant, SubjectId member)
    {
        var held = await directory.Subject(tenant, member).ReadAsync();
        return held.IsOk ? held.Value.Teams.ToArray() : held.Error;
    }

    private Task<Result<T>> WithOwnerAsync<T>(TenantId tenant, string assignment, Func<CompiledTenant, ActorKey, Task<Result<T>>> use) =>
        replicas.WithTenantAsync<T>(tenant, async model =>
            await ports.Store.ReadIndexAsync(tenant, IndexNames.Assignments, assignment, null, 1) is [var row]
                ? await use(model, new ActorKey(row.Member)) : Refusals.NoAssignment(assignment));

    private static AssignmentView Kept(SubjectId principal, Assignment assignment, TenantModel model, DateTimeOffset now) =>
        assignment.IsLiveAt(now) ? View(principal, assignment, model.Catalog.Find(assignment.Role), now) : Ended(principal, assignment, model, now);

    // What ended by its expiry counts before it, as in a check; not that of a role whose id another has now.
    private static AssignmentView Ended(SubjectId principal, Assignment assignment, TenantModel model, DateTimeOffset instant) =>
        model.Catalog.Find(assignment.Role) is { } role && assignment.IsOf(role) ? View(principal, assignment, role, instant)
        : View(principal, assignment, null, instant) with { Status = assignment.RevokedAt is null ? AssignmentStatus.Expired : AssignmentStatus.Revoked };

    private async Task<IEnumerable<AssignmentView>> OpenAsync(SubjectId principal, TenantModel model)
    {
        var rows = await ports.Store.ReadIndexAsync(model.Id, IndexNames.RoleRequests, RequestRows.OpenFor(principal), null, MostOpen);
        return (await ports.ReadRequestsAsync(model.Id, rows)).Where(request => request.Status == RequestStatus.Pending)
            .Select(request => View(principal, request.Wish, model.Catalog.Find(request.Role), ports.Now()) with { Status = AssignmentStatus.Pending });
    }

    private static AssignmentView View(SubjectId principal, Assignment assignment, RoleDefinition? role, DateTimeOffset now) =>
        new(principal, assignment, role?.Name ?? assignment.Role.Value, assignment.StatusAt(now));
}
