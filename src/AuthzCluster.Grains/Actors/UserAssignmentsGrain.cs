using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Actors;

/// <summary>The single writer of what one subject holds. What could not be read when it was activated each question tries again.</summary>
[GrainType("user-assignments")]
internal sealed class UserAssignmentsGrain : UserAssignmentsActor, IUserAssignmentsGrain, IGrainBase, IStranger
{
    private readonly SiloNode _node;
    private readonly ActorKey _key;
    private volatile bool _isClosed;

    public UserAssignmentsGrain(IGrainContext context, SiloNode node)
        : this(context, node, context.Key())
    {
    }

    private UserAssignmentsGrain(IGrainContext context, SiloNode node, ActorKey key)
        : base(key.Tenant, key.Subject, node.Replicas.Of(key.Tenant), node.Replicas, node.Rights, node.Ports) => (GrainContext, _node, _key) = (context, node, key);

    public IGrainContext GrainContext { get; }

    public bool IsClosed => _isClosed;

    public async Task OnActivateAsync(CancellationToken token)
    {
        _node.Activations.Enter(_key.Tenant, GrainContext);
        _node.Strangers.Enter(this);
        await EnsureLoadedAsync();
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        _isClosed = true;
        _node.Activations.Leave(_key.Tenant, GrainContext);
        return Task.CompletedTask;
    }

    public async Task<Result<bool>> EnsureLoadedAsync()
    {
        try
        {
            await LoadAsync();
            return IsLoaded;
        }
        catch (StoreUnavailableException e)
        {
            return new AuthzError(ErrorCode.Unavailable, e.Message);
        }
    }

    ValueTask<Result<Decision>> IUserAssignmentsGrain.EvaluateAsync(AccessRequest request, DateTimeOffset now) =>
        IsLoaded ? EvaluateAsync(request, now) : LoadThenAsync(() => EvaluateAsync(request, now));

    ValueTask<Result<Explanation>> IUserAssignmentsGrain.ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        IsLoaded ? ExplainAsync(request, now) : LoadThenAsync(() => ExplainAsync(request, now));

    ValueTask<Result<IReadOnlyList<EffectivePermission>>> IUserAssignmentsGrain.ListPermissionsAsync(DateTimeOffset now) =>
        IsLoaded ? ListPermissionsAsync(now) : LoadThenAsync(() => ListPermissionsAsync(now));

    ValueTask<Result<SubjectAssignments>> IUserAssignmentsGrain.ReadAsync() => IsLoaded ? ReadAsync() : LoadThenAsync(ReadAsync);

    public async ValueTask<Result<Decision>[]> EvaluateManyAsync(TimedRequest[] requests)
    {
        var decisions = new Result<Decision>[requests.Length];
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = await ((IUserAssignmentsGrain)this).EvaluateAsync(requests[i].Request, requests[i].At);
        }
        return decisions;
    }

    public void LeaveIfStranger()
    {
        if (HoldsNothing)
        {
            GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "nothing is stored of it"));
        }
    }

    // By a call of its own, since only a turn may read what is stored.
    private async ValueTask<Result<T>> LoadThenAsync<T>(Func<ValueTask<Result<T>>> read) =>
        await _node.Directory.SubjectGrain(_key.Tenant, _key.Subject).EnsureLoadedAsync() is { IsOk: false, Error: var error } ? error : await read();
}
