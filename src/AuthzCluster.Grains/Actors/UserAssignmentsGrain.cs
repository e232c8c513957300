using System.Diagnostics;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Node;
using AuthzCluster.Grains.Replicas;
using AuthzCluster.Hosting;

namespace AuthzCluster.Grains.Actors;

/// <summary>
/// The single writer of what one subject holds. Its reads read for themselves what does not count any more, beside any turn; what still comes
/// while it leaves is answered by the silo.
/// </summary>
[GrainType("user-assignments")]
internal sealed class UserAssignmentsGrain : UserAssignmentsActor, IUserAssignmentsGrain, IGrainBase, IStranger
{
    private readonly SiloNode _node;
    private readonly ActorKey _key;
    private volatile bool _isClosed;

    public UserAssignmentsGrain(IGrainContext context, SiloNode node)
        : this(context, node, context.Key(), context.Key().Tenant, context.Key().Subject)
    {
    }

    private UserAssignmentsGrain(IGrainContext context, SiloNode node, ActorKey key, Domain.Tenancy.TenantId tenant, SubjectId subject)
        : base(tenant, subject, new SubjectReplica(tenant, subject, node.Replicas.Of(tenant), node.Ports), node.Replicas.Of(tenant), node.Replicas, node.Rights, node.Ports) =>
        (GrainContext, _node, _key) = (context, node, key);

    public IGrainContext GrainContext { get; }

    public bool IsClosed => _isClosed;

    public async Task OnActivateAsync(CancellationToken token)
    {
        try
        {
            await LoadAsync();
        }
        catch (StoreUnavailableException)
        {
            // The next question or write tries again.
        }
        catch
        {
            Close();
            throw;
        }
        _node.Activations.Enter(_key.Tenant, GrainContext);
        _node.Strangers.Enter(this);
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        _isClosed = true;
        Close();
        _node.Activations.Leave(_key.Tenant, GrainContext);
        return Task.CompletedTask;
    }

    ValueTask<Result<Decision>> IUserAssignmentsGrain.EvaluateAsync(AccessRequest request, DateTimeOffset now) =>
        CallTrace.Received is { } caller ? EvaluateTracedAsync(request, now, caller) : EvaluateHereAsync(request, now);

    ValueTask<Result<Explanation>> IUserAssignmentsGrain.ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        CallTrace.Received is { } caller ? ExplainTracedAsync(request, now, caller) : ExplainHereAsync(request, now);

    ValueTask<Result<IReadOnlyList<EffectivePermission>>> IUserAssignmentsGrain.ListPermissionsAsync(DateTimeOffset now) =>
        _isClosed ? Elsewhere.ListPermissionsAsync(now) : ListPermissionsAsync(now);

    ValueTask<Result<SubjectAssignments>> IUserAssignmentsGrain.ReadAsync() => _isClosed ? Elsewhere.ReadAsync() : ReadAsync();

    public async ValueTask<Result<Decision>[]> EvaluateManyAsync(TimedRequest[] requests)
    {
        var pending = Array.ConvertAll(requests, timed => ((IUserAssignmentsGrain)this).EvaluateAsync(timed.Request, timed.At));
        var decisions = new Result<Decision>[pending.Length];
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = await pending[i];
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

    private ValueTask<Result<Decision>> EvaluateHereAsync(AccessRequest request, DateTimeOffset now) =>
        _isClosed ? Elsewhere.EvaluateAsync(request, now) : EvaluateAsync(request, now);

    private ValueTask<Result<Explanation>> ExplainHereAsync(AccessRequest request, DateTimeOffset now) =>
        _isClosed ? Elsewhere.ExplainAsync(request, now) : ExplainAsync(request, now);

    private async ValueTask<Result<Decision>> EvaluateTracedAsync(AccessRequest request, DateTimeOffset now, ActivityContext caller)
    {
        using var activity = CallActivity.Begin("evaluate", caller);
        return await EvaluateHereAsync(request, now);
    }

    private async ValueTask<Result<Explanation>> ExplainTracedAsync(AccessRequest request, DateTimeOffset now, ActivityContext caller)
    {
        using var activity = CallActivity.Begin("explain", caller);
        return await ExplainHereAsync(request, now);
    }

    private SubjectReader Elsewhere => _node.Replicas.Subject(_key.Tenant, _key.Subject);
}
