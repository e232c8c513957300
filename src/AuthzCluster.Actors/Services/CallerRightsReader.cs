using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Reads what callers may: of the engine where nobody waits for it, of storage inside turns.</summary>
/// <param name="directory">Where the subjects' writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="ports">The host's.</param>
public class CallerRightsReader(IActorDirectory directory, ITenantReplicas replicas, ActorPorts ports) : ICallerRights, IHeldRights
{
    /// <inheritdoc/>
    public async ValueTask<Result<bool>> MayAsync(TenantId tenant, Caller caller, Permission permission, AttributeBag? scope = null)
    {
        var question = CallerRights.Question(caller.Principal, permission, scope);
        var decision = await directory.Subject(tenant, caller.Principal).EvaluateAsync(question, ports.Now());
        if (!decision.IsOk)
        {
            return await HideAsync(decision.Error, permission, caller);
        }
        return CallerRights.IsWithin(caller.NarrowedTo, permission) ? decision.Value.IsAllowed ? true : await AdministersSystemAsync(caller) : false;
    }

    /// <inheritdoc/>
    public async ValueTask<Result<bool>> MaySomewhereAsync(TenantId tenant, Caller caller, Permission permission)
    {
        var known = await replicas.WithTenantAsync<CallerRights>(tenant, async model => await ReadAsync(model, caller));
        // Who has the final word in the tenant has it here too, and is told of no scope. What no grant gives a policy may.
        return !known.IsOk ? await HideAsync(known.Error, permission, caller)
            : known.Value.MaySomewhere(permission) && known.Value.IsFinal ? true
            : await MayAsync(tenant, caller, permission);
    }

    /// <inheritdoc/>
    public async ValueTask<Result<bool>> AdministersSystemAsync(Caller caller)
    {
        if (!caller.ReachesSystem)
        {
            return false;
        }
        try
        {
            var held = await directory.Subject(TenantId.System, caller.Principal).ReadAsync();
            return !held.IsOk ? held.Error
                : await replicas.Of(TenantId.System).LoadAsync() is { } system
                && CallerRights.AdministersSystem(system, SubjectGrants.Compile(caller.Principal, held.Value, ports.Custom), ports.Now());
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Result<CallerRights>> ReadAsync(CompiledTenant model, Caller caller)
    {
        if (caller.IsTrusted)
        {
            return CallerRights.All;
        }
        try
        {
            var now = ports.Now();
            var system = !caller.ReachesSystem ? null : model.Model.Id == TenantId.System ? model : await replicas.Of(TenantId.System).LoadAsync();
            var stored = new StoredCaller(caller.Principal, await ports.Store.ReadManyAsync(StoredCaller.KeysOf(caller.Principal, model, system)), ports);
            return CallerRights.Of(
                model, stored.GrantsIn(model), system is not null && CallerRights.AdministersSystem(system, stored.GrantsIn(system), now), caller.NarrowedTo, now,
                stored.PropertiesIn(model));
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Result<CallerRights>> ReadSystemAsync(Caller caller)
    {
        if (caller.IsTrusted)
        {
            return CallerRights.All;
        }
        try
        {
            return !caller.ReachesSystem ? new AuthzError(ErrorCode.Forbidden, $"this credential is not valid in the tenant `{TenantId.System}`")
                : await replicas.Of(TenantId.System).LoadAsync() is { } system ? await ReadAsync(system, caller)
                : Refusals.NoTenant(TenantId.System);
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    // That there is no such tenant is told to who administers all of them, and to nobody else.
    private async ValueTask<AuthzError> HideAsync(AuthzError error, Permission permission, Caller caller)
    {
        if (error.Code != ErrorCode.TenantNotFound)
        {
            return error;
        }
        var isAdministrator = await AdministersSystemAsync(caller);
        return !isAdministrator.IsOk ? isAdministrator.Error
            : isAdministrator.Value ? error
            : new AuthzError(ErrorCode.Forbidden, $"`{permission}` is needed");
    }
}
