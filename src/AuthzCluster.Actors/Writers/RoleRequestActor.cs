using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The single writer of one request for a role. The approval that completes it goes: intent stored (with a due row) -> role assigned, under a key that
/// makes it once -> outcome stored; or, where the assign is refused, the intent and that approval taken back. What a crash cut off goes on by due work,
/// or by whoever comes next. Nothing is announced: nobody keeps a request in memory.
/// </summary>
public partial class RoleRequestActor : WriterActor, IRoleRequestActor
{
    private const string RoleIsGone = "the role was deleted";

    private readonly TenantId _tenant;
    private readonly string _id;
    private readonly IActorDirectory _directory;
    private readonly ITenantReplica _replica;
    private readonly IHeldRights _rights;
    private RoleRequestState? _state;

    /// <summary>The writer of the request <paramref name="id"/>; the others that it needs are found in <paramref name="directory"/>.</summary>
    public RoleRequestActor(TenantId tenant, string id, IActorDirectory directory, ITenantReplica replica, IHeldRights rights, ActorPorts ports)
        : base(ports) => (_tenant, _id, _directory, _replica, _rights) = (tenant, id, directory, replica, rights);

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.OfRequest(_tenant, _id);

    /// <inheritdoc/>
    public Task<Result<RoleRequest>> ApproveAsync(string? comment, Caller caller) => DecideAsync(caller, async (request, model, rights) =>
    {
        var role = RoleOf(request, model.Model);
        if ((RequestGuard.CheckDeciding(rights, request, role) ?? RequestEditor.CheckPending(request, Ports.Now())) is { } refused)
        {
            return refused;
        }
        if (role is null)
        {
            return await WithdrawAsync(request) ?? Refusals.NoRole(request.Role);
        }
        var parties = await PartiesAsync(request, caller);
        if ((Editions.CheckAssign(model.Model.Edition, role) ?? RequestGuard.CheckApproving(rights, model.Model, request, parties)
            ?? await CheckStillAsync(request, role, model, caller) ?? await CheckOthersAsync(request, parties.Caller)) is { } forbidden)
        {
            return forbidden;
        }
        var approved = RequestEditor.Approve(request, caller.Principal.ToString(), comment, Ports.Now());
        if (!approved.IsOk)
        {
            return approved.Error;
        }
        if (approved.Value.State.Approvals.Length < (role.RequestPolicy?.Approvals ?? 1))
        {
            return await StoreAsync(approved.Value, caller);
        }
        var granting = new RequestGranting(caller, Ports.Ids.Next(), approved.Value.State.Approvals[^1].At);
        var error = await StoreAsync(new RoleRequestState(approved.Value.State, granting));
        return error is null ? await GrantAsync(isAgain: false) : error;
    });

    /// <inheritdoc/>
    public Task<Result<RoleRequest>> RejectAsync(string? comment, Caller caller) => DecideAsync(caller, async (request, model, rights) =>
    {
        if (RequestGuard.CheckDeciding(rights, request, RoleOf(request, model.Model)) is { } refused)
        {
            return refused;
        }
        var rejected = RequestEditor.Reject(request, caller.Principal.ToString(), comment, Ports.Now());
        return rejected.IsOk ? await StoreAsync(rejected.Value, caller) : rejected.Error;
    });

    /// <inheritdoc/>
    public Task<Result<RoleRequest>> CancelAsync(string? comment, Caller caller) => DecideAsync(caller, async (request, _, rights) =>
    {
        if (RequestGuard.CheckCancelling(rights, request, caller.Principal) is { } refused)
        {
            return refused;
        }
        var cancelled = RequestEditor.Cancel(request, caller.Principal.ToString(), comment, Ports.Now());
        return cancelled.IsOk ? await StoreAsync(cancelled.Value, caller) : cancelled.Error;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> WithdrawAsync(Caller caller) => TurnAsync<bool>(async () =>
    {
        if (_state is { Granting: not null } && await GrantAsync(isAgain: true) is { Error: { Code: ErrorCode.Unavailable } unknown })
        {
            return unknown;
        }
        return _state is { Request: { Status: RequestStatus.Pending } request } && await WithdrawAsync(request, caller) is { } error ? error : true;
    });

    /// <inheritdoc/>
    public Task<Result<bool>> ContinueAsync() => TurnAsync<bool>(async () =>
    {
        if (_state is null || await _replica.LoadAsync() is null)
        {
            // The tenant is being removed, and this with it.
            return true;
        }
        if (_state.Granting is not null && await GrantAsync(isAgain: true) is { Error: { Code: ErrorCode.Unavailable } unknown })
        {
            return unknown;
        }
        return await ExpireAsync() is { } error ? error : true;
    });

    /// <inheritdoc/>
    protected override bool Take(byte[]? state, long version, CellLoad? load)
    {
        _state = state is null ? null : RoleRequestCodec.Decode(state);
        return true;
    }

    /// <summary>Runs what decides a request: behind the end of an approval that was cut off, and of its time.</summary>
    private Task<Result<RoleRequest>> DecideAsync(Caller caller, Func<RoleRequest, Domain.Decisions.CompiledTenant, CallerRights, Task<Result<RoleRequest>>> decide) =>
        TurnAsync<RoleRequest>(caller, async () =>
        {
            if (await _replica.LoadAsync() is not { } model)
            {
                return Refusals.NoTenant(_tenant);
            }
            if (_state is { Granting: { } begun })
            {
                var settled = await GrantAsync(isAgain: true);
                if (begun.IsOf(caller) || settled.Error is { Code: ErrorCode.Unavailable })
                {
                    return settled;
                }
            }
            if (await Ports.FindRepeatAsync<RoleRequest>(caller) is { } done)
            {
                return done;
            }
            if (_state is null)
            {
                return Refusals.NoRequest(_id);
            }
            var rights = await _rights.ReadAsync(model, caller);
            return rights.Error is { } unknown ? unknown
                : await ExpireAsync() is { } error ? error
                : await decide(_state.Request, model, rights.Value!);
        });

    /// <summary>Gives the role, as the intent says, and stores what came of it.</summary>
    private async Task<Result<RoleRequest>> GrantAsync(bool isAgain)
    {
        var (request, granting) = (_state!.Request, _state.Granting!);
        var key = RequestKey.Own(_tenant, granting.Key);
        var caller = granting.Caller with { Under = Rights.RequestsApprove, Request = isAgain ? key.Again() : key };
        var (principal, draft) = (request.Principal, request.ToGrant(granting.At));
        var given = principal.IsTeam
            ? await _directory.Tenant(_tenant).AssignTeamAsync(principal.Id, request.Role, draft, dryRun: false, caller)
            : await _directory.Subject(_tenant, principal).AssignAsync(request.Role, draft, caller);
        if (given.IsOk)
        {
            var change = RequestEditor.Grant(request, given.Value.Assignment.Id, granting.At);
            var mark = granting.Caller.Request is { } asked ? Ports.Mark(asked, change.State) : null;
            var error = await StoreAsync(new RoleRequestState(change.State), mark, Pending(change.Audit, granting.Caller));
            // Another activation may have come to the same end first.
            return error is null || (error == Refusals.LostRace && _state is { Request.Status: RequestStatus.Approved }) ? _state!.Request : error;
        }
        switch (given.Error.Code)
        {
            // What came of it is not known, or others were in the way: the due row leads back here.
            case ErrorCode.Unavailable:
                return given.Error;
            case ErrorCode.VersionConflict:
                return new AuthzError(ErrorCode.Unavailable, given.Error.Detail);
            case ErrorCode.RoleNotFound:
                return await WithdrawAsync(request) ?? given.Error;
            default:
                return await StoreAsync(new RoleRequestState(request with { Approvals = request.Approvals.RemoveAt(request.Approvals.Length - 1) })) ?? given.Error;
        }
    }

    /// <summary>Ends it since nobody can get the role any more.</summary>
    private async Task<AuthzError?> WithdrawAsync(RoleRequest request, Caller? by = null)
    {
        var caller = by ?? Caller.System(Ports.Ids.Next());
        var change = RequestEditor.Cancel(request, caller.Principal.ToString(), RoleIsGone, Ports.Now());
        return change.IsOk ? await StoreAsync(new RoleRequestState(change.Value.State), null, Pending(change.Value.Audit, caller)) : await ExpireAsync();
    }

    private async Task<AuthzError?> ExpireAsync()
    {
        var caller = Caller.System(Ports.Ids.Next());
        return _state is { Granting: null, Request: var request } && RequestEditor.Expire(request, caller.Principal.ToString(), Ports.Now()) is { } expired
            ? await StoreAsync(new RoleRequestState(expired.State), null, Pending(expired.Audit, caller)) : null;
    }

    // A role of the same id that was made later is another.
    private static RoleDefinition? RoleOf(RoleRequest request, TenantModel model) =>
        model.Catalog.Find(request.Role) is { IsDeleting: false } role && request.Wish.IsOf(role) ? role : null;
}
