using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Client.Http;
using AuthzCluster.Client.Orleans.Mapping;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Calls;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>One call, from its admission to its answer.</summary>
internal sealed class GrainCall(TenantCalls calls, Deadline deadline, string? key)
{
    private const int MostRepeats = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private KnownCredential? _known;
    private Caller? _caller;

    public TenantId Tenant => calls.Tenant;

    public ClusterPorts Ports => calls.Connection.Ports;

    /// <summary>What is now, as exact as what is stored.</summary>
    public DateTimeOffset Now => Instants.Cut(calls.Connection.Clock.GetUtcNow());

    /// <summary>On whose behalf.</summary>
    public Caller Caller => _caller ??= _known!.Credential.CallerOf(calls.Connection.Ids.Next());

    /// <summary>Does it within the deadline. What is not begun by then is not begun any more.</summary>
    /// <exception cref="AuthzException">There is no answer.</exception>
    public async Task<T> RunAsync<T>(Func<GrainCall, Task<T>> run)
    {
        deadline.Caller.ThrowIfCancellationRequested();
        try
        {
            return await deadline.WaitAsync(BeginAsync(run)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw deadline.Error(key, calls.Connection.Link.Problem);
        }
        catch (UnavailableException e) when (deadline.IsOver)
        {
            throw deadline.Error(key, e);
        }
        catch (AuthzException e) when (e.IdempotencyKey != key)
        {
            throw AuthzException.Of(e.Failure with { IdempotencyKey = key });
        }
        catch (Exception e) when (e is not (AuthzException or OperationCanceledException or ArgumentException))
        {
            throw Failures.Unforeseen(e, _caller?.RequestId, key);
        }
    }

    /// <summary>The value of an answer; a refusal ends the call.</summary>
    public T Ok<T>(Result<T> result) => result.IsOk ? result.Value : throw Failures.Of(result.Error, _caller?.RequestId, key);

    /// <summary>
    /// Writes, and writes again where that was refused for the moment: under its request, so that it is done once. (What was lost on the way is repeated
    /// below.)
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Caller, Task<Result<T>>> write)
    {
        for (var repeat = 0; ; repeat++)
        {
            var result = await write(Caller).ConfigureAwait(false);
            var pause = Backoff.Wait(FirstPause, repeat, retryAfter: null, Random.Shared.NextDouble());
            if (result.Error?.Code != ErrorCode.Unavailable || repeat == MostRepeats || !deadline.HasRoomFor(pause))
            {
                return Ok(result);
            }
            await deadline.PauseAsync(pause).ConfigureAwait(false);
            ThrowIfOver();
            _caller = Caller with { Request = Caller.Request!.Again() };
        }
    }

    /// <summary>Ends the call where its caller's key is not valid in the tenant.</summary>
    public async Task AdmitAsync() => Throw(await calls.Connection.Rules.CheckValidAsync(Tenant, _known!.Credential, Caller).ConfigureAwait(false));

    /// <summary>Ends the call where its caller may not administer so, or the tenant's edition lacks it.</summary>
    public async Task AdmitAsync(Permission right, Feature feature, bool isScoped = false)
    {
        await AdmitAsync().ConfigureAwait(false);
        Throw(await calls.Connection.Rules.CheckRightAsync(Tenant, Caller, right, isScoped).ConfigureAwait(false));
        await RequireAsync(feature).ConfigureAwait(false);
        ThrowIfOver();
    }

    /// <summary>Does it; what is refused of what is protected is told to the audit log, as at the API's door.</summary>
    /// <param name="what">The operation.</param>
    /// <param name="role">The role that it is about; null: none.</param>
    /// <param name="isWrite">Whether it would change something.</param>
    /// <param name="run">Does it.</param>
    public async Task<T> TellAsync<T>(string what, string? role, bool isWrite, Func<Task<T>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (AuthzException e) when (RefusedAttempts.Concerns(e.Code))
        {
            var entry = new AuditEntry(AuditActions.AccessRefused, role is null ? "operation" : "role", role ?? what, null, AttributeBag.Of(
                ("operation", AttributeValue.Of(what)), ("tenant", AttributeValue.Of(Tenant.Value)),
                ("code", AttributeValue.Of(e.Code)), ("detail", AttributeValue.Of(e.Failure.Message))));
            await calls.Connection.Refusals.TellAsync(Tenant, what, isWrite, _known!.Credential, entry, Caller with { Request = null }).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A role as its caller may see it: of its policies perhaps the ids alone.</summary>
    public async Task<Role> ShowAsync(RoleView view) => Roles.Write(view, view.Role.Policies.IsEmpty || await MayReadPoliciesAsync().ConfigureAwait(false));

    /// <summary>Whether the caller may see what policies say.</summary>
    public async Task<bool> MayReadPoliciesAsync() => Ok(await Ports.CallerRights.MayAsync(Tenant, Caller, Rights.PoliciesRead).ConfigureAwait(false));

    /// <summary>Ends the call where the tenant's edition lacks something.</summary>
    public async Task RequireAsync(Feature feature) =>
        Throw(Editions.Check(Ok(await Ports.Tenants.GetAsync(Tenant).ConfigureAwait(false)).Edition, feature));

    /// <summary>Ends the call where its caller may not ask about a subject, or may not be told why.</summary>
    public ValueTask AdmitAskingAsync(SubjectId subject, bool why)
    {
        var known = _known!.Asking(Tenant);
        return known is not null && (subject == _known.Credential.Subject || known.Check(why) is null) ? default : AskAnewAsync(subject, why);
    }

    /// <summary>Names the request that a write does.</summary>
    /// <param name="write">What it does.</param>
    /// <param name="isRepeat">Whether it may have been done before.</param>
    public void Name(GrainWrite write, bool isRepeat) =>
        _caller = Caller with { Request = write.KeyOf(Tenant, Caller.Principal, key!, isRepeat) };

    private async Task<T> BeginAsync<T>(Func<GrainCall, Task<T>> run)
    {
        if (calls.Connection.Link.ReadyAsync() is { IsCompletedSuccessfully: false } connecting)
        {
            await connecting.ConfigureAwait(false);
        }
        _known = await calls.Connection.Bearer.FindAsync(deadline.Caller).ConfigureAwait(false);
        ThrowIfOver();
        return await run(this).ConfigureAwait(false);
    }

    // That the caller may not is not relied on: it may have been allowed meanwhile.
    private async ValueTask AskAnewAsync(SubjectId subject, bool why)
    {
        var right = Ok(await calls.Connection.Rules.LearnAskingAsync(Tenant, _known!, Caller).ConfigureAwait(false));
        Throw(subject == _known!.Credential.Subject ? null : right.Check(why));
    }

    private void Throw(AuthzError? refusal)
    {
        if (refusal is not null)
        {
            throw Failures.Of(refusal, _caller?.RequestId, key);
        }
    }

    // Nobody waits any more: what would come next must not be done behind the caller's back.
    private void ThrowIfOver()
    {
        if (deadline.IsOver)
        {
            throw deadline.Error(key, null);
        }
    }
}
