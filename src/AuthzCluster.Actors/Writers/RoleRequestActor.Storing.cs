using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>How a request is made, and what it commits.</summary>
public partial class RoleRequestActor
{
    // Of one principal at a time; and of models that follow one another.
    private const int MostOpen = 100, MostRaces = 5;

    /// <inheritdoc/>
    public Task<Result<RoleRequest>> CreateAsync(RoleRequestDraft draft, Caller caller) => TurnAsync(caller, async () =>
    {
        var made = await MakeAsync(draft, caller);
        for (var races = 1; races < MostRaces && made.Error == Refusals.LostRace; races++)
        {
            made = await MakeAsync(draft, caller);
        }
        return made;
    });

    private async Task<Result<RoleRequest>> MakeAsync(RoleRequestDraft draft, Caller caller)
    {
        if (await Ports.FindRepeatAsync<RoleRequest>(caller) is { } done)
        {
            return done;
        }
        if (_state is not null)
        {
            return new AuthzError(ErrorCode.InvalidState, $"the request `{_id}` exists");
        }
        if (await _replica.LoadAsync() is not { } model)
        {
            return Refusals.NoTenant(_tenant);
        }
        var role = model.Model.Catalog.Resolve(draft.Role) is { IsDeleting: false, IsBeingMade: false } found ? found : null;
        if (await CheckAskingAsync(draft, role?.RequestPolicy, model, caller) is { } forbidden)
        {
            return forbidden;
        }
        if (role is null)
        {
            return AuthzError.Invalid("role", $"there is no role `{draft.Role}`");
        }
        if (Editions.CheckAssign(model.Model.Edition, role) is { } unavailable)
        {
            return unavailable;
        }
        var made = RequestEditor.Make(_id, role, draft, caller.Principal.ToString(), Ports.Now(), Ports.Custom);
        return !made.IsOk ? made.Error
            : await CheckUseAsync(made.Value.State, model) is { } useless ? useless
            : await StoreAsync(made.Value, caller, SeparationMarks.Of(model.Model, role.Id));
    }

    private async Task<AuthzError?> CheckAskingAsync(RoleRequestDraft draft, RequestPolicy? policy, CompiledTenant model, Caller caller)
    {
        var (principal, rights) = (draft.Grant.Principal, await _rights.ReadAsync(model, caller));
        var others = rights.IsOk && principal != caller.Principal && !principal.IsTeam ? await _rights.ReadAsync(model, new Caller(principal, caller.RequestId)) : rights;
        return rights.Error ?? others.Error ?? RequestGuard.CheckAsking(
            rights.Value!, caller.RightTo(Rights.RequestsCreate), principal == caller.Principal, principal.IsTeam ? null : others.Value, draft, policy);
    }

    /// <summary>The refusal of asking for what one has, or has asked for too often, or could not get.</summary>
    private async Task<AuthzError?> CheckUseAsync(RoleRequest request, CompiledTenant model)
    {
        var (principal, now) = (request.Principal, Ports.Now());
        var own = principal.IsTeam ? new SubjectAssignments { Live = TeamGrants(principal.Id) } : await _directory.Subject(_tenant, principal).ReadAsync();
        if (!own.IsOk)
        {
            return own.Error;
        }
        if (own.Value.Live.Any(grant => IsOfRole(grant) && (IsHere(grant) || HoldsEverywhere(grant)))
            || own.Value.Teams.SelectMany(team => TeamGrants(team)).Any(grant => IsOfRole(grant) && (HoldsEverywhere(grant) || (IsHere(grant) && Holds(grant)))))
        {
            return new AuthzError(ErrorCode.InvalidState, $"`{principal}` has the role `{request.Role}` in this scope already");
        }
        return (await KnownSubjects.FindUnknownAsync(model.Model, [principal], Ports)).Count > 0 ? Refusals.UnknownUser("user_id")
            : await Ports.Store.CountIndexAsync(_tenant, IndexNames.RoleRequests, RequestRows.OpenFor(principal), now) >= MostOpen
                ? new AuthzError(ErrorCode.InvalidState, $"{MostOpen} requests for `{principal}` are pending; more are not possible")
            : null;

        ImmutableArray<Assignment> TeamGrants(string team) => model.Model.TeamGrants.GetValueOrDefault(team, []);
        bool IsOfRole(Assignment grant) => grant.Role == request.Role && grant.IsLiveAt(now);
        bool IsHere(Assignment grant) => grant.Scope.Equals(request.Wish.Scope);
        bool Holds(Assignment grant) => !grant.IsSuspended && grant.Conditions.IsEmpty;
        bool HoldsEverywhere(Assignment grant) => grant.Scope.Count == 0 && Holds(grant);
    }

    // What one commit does, and with it the caller's request. Mark: that of the role, of a new one.
    private async Task<Result<RoleRequest>> StoreAsync(RequestChange change, Caller caller, string mark = "")
    {
        var next = new RoleRequestState(change.State);
        var error = await CommitAsync(ToCommit(next, null, mark, Pending(change.Audit, caller)), caller, change.State, () => MissingAsync(change.State));
        if (error is not null)
        {
            return error;
        }
        _state = next;
        return change.State;
    }

    private async Task<AuthzError?> StoreAsync(RoleRequestState next, RequestMark? mark = null, params OutboxRow[] outbox)
    {
        var error = await CommitAsync(ToCommit(next, mark, "", outbox), () => MissingAsync(next.Request));
        _state = error is null ? next : _state;
        return error;
    }

    private Commit ToCommit(RoleRequestState next, RequestMark? mark, string role, params OutboxRow[] outbox)
    {
        var (adds, removes) = IndexRows.Delta(RequestRows.Of(_tenant, Key, _state), RequestRows.Of(_tenant, Key, next));
        var isNew = _state is null;
        return new Commit(Key, 0, RoleRequestCodec.Encode(next))
        {
            Adds = adds,
            Removes = removes,
            // A role that is being deleted looks for its requests behind its tombstone: none may come after that.
            Requires = isNew ? [IndexRows.OfTenant(_tenant), IndexRows.Assignable(_tenant, next.Request.Role, role)] : [IndexRows.OfTenant(_tenant)],
            Vacant = isNew ? [IndexRows.Request(_tenant, RequestRows.OpenLike(next.Request), "")] : [],
            Outbox = outbox,
            Request = mark,
        };
    }

    // The model as it is stored, announced or not: by another one the role counts toward other constraints.
    private async ValueTask<AuthzError> MissingAsync(RoleRequest request)
    {
        var key = ActorKey.Of(_tenant);
        if (await Ports.Store.ReadAsync(key) is not { } stored)
        {
            return Refusals.NoTenant(_tenant);
        }
        Ports.Cells.Raise(key, stored.Version);
        return await _replica.LoadAsync() is not { } model ? Refusals.NoTenant(_tenant)
            : await Ports.Store.ReadIndexAsync(_tenant, IndexNames.RoleRequests, RequestRows.OpenLike(request), null, 1) is [var open]
                ? new AuthzError(ErrorCode.InvalidState, $"the request `{open.Member}` asks for the same, and is pending")
            : RoleOf(request, model.Model) is not null ? Refusals.LostRace
            : Refusals.NoRole(request.Role);
    }

    private OutboxRow Pending(AuditEntry entry, Caller caller) => new(_tenant, AuditCodec.EncodePending(entry, Ports.Ids.Next(), Ports.Now(), caller));
}
