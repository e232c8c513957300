using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Grains.Replicas;
using Orleans.Serialization;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// A subject as this silo reaches it: what its grain does not answer soon is answered here, from a copy that counts as much. So a silo that is
/// gone, or hangs, keeps nobody from an answer while it is not known to be, and is not waited for again and again. Writes are its grain's alone, save what time does (<see cref="SiloExpiry"/>).
/// </summary>
/// <param name="itself">The grain.</param>
/// <param name="grains">Makes of its lost calls refusals.</param>
/// <param name="ways">Which grains did not answer.</param>
/// <param name="replicas">This silo's copies.</param>
/// <param name="tenant">Of the subject.</param>
/// <param name="subject">The subject.</param>
internal sealed class NearSubject(
    IUserAssignmentsGrain itself, GrainDirectory grains, NearWays ways, Func<NodeReplicas> replicas, TenantId tenant, SubjectId subject) : IUserAssignmentsActor
{
    private readonly int _way = itself.GetGrainId().GetHashCode();

    private IUserAssignmentsActor Grain => grains.Subject(tenant, subject);

    private SubjectReader Here => replicas().Subject(tenant, subject);

    // As the others below, without what they allocate: this is called most.
    public async ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now)
    {
        if (ways.MayTry(_way))
        {
            try
            {
                var answer = await itself.EvaluateAsync(request, now).AsTask().WaitAsync(ways.Patience);
                ways.Works(_way);
                if (answer.Error?.Code != ErrorCode.Unavailable)
                {
                    return answer;
                }
            }
            catch (OperationCanceledException)
            {
                ways.Lose(_way);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or SerializerException)
            {
            }
        }
        return await Here.EvaluateAsync(request, now);
    }

    public ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        OrHereAsync(ways.MayTry(_way) ? Grain.ExplainAsync(request, now) : null, reader => reader.ExplainAsync(request, now));

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now) =>
        OrHereAsync(ways.MayTry(_way) ? Grain.ListPermissionsAsync(now) : null, reader => reader.ListPermissionsAsync(now));

    public ValueTask<Result<SubjectAssignments>> ReadAsync() => OrHereAsync(ways.MayTry(_way) ? Grain.ReadAsync() : null, reader => reader.ReadAsync());

    public Task<Result<AssignReply>> AssignAsync(RoleId role, AssignmentDraft draft, Caller caller) => Grain.AssignAsync(role, draft, caller);

    public Task<Result<IReadOnlyList<RowReport>>> AssignManyAsync(IReadOnlyList<SubjectRow> rows, bool dryRun, Caller caller) => Grain.AssignManyAsync(rows, dryRun, caller);

    public Task<Result<Assignment>> PatchAsync(string assignment, AssignmentPatch patch, Caller caller) => Grain.PatchAsync(assignment, patch, caller);

    public Task<Result<int>> RevokeAsync(RoleId role, AttributeBag? scope, Caller caller) => Grain.RevokeAsync(role, scope, caller);

    public Task<Result<bool>> JoinTeamAsync(string team, Caller caller) => Grain.JoinTeamAsync(team, caller);

    public Task<Result<bool>> LeaveTeamAsync(string team, Caller caller) => Grain.LeaveTeamAsync(team, caller);

    public Task<Result<bool>> ExpireAsync() => Grain.ExpireAsync();

    // The grain's answer, or this silo's where that is not asked for, does not come, or is that it cannot say.
    private ValueTask<Result<T>> OrHereAsync<T>(ValueTask<Result<T>>? asked, Func<SubjectReader, ValueTask<Result<T>>> read) =>
        asked is { } waiting ? AwaitAsync(waiting.AsTask(), read) : read(Here);

    private async ValueTask<Result<T>> AwaitAsync<T>(Task<Result<T>> asked, Func<SubjectReader, ValueTask<Result<T>>> read)
    {
        try
        {
            var answer = await asked.WaitAsync(ways.Patience);
            ways.Works(_way);
            if (answer.Error?.Code != ErrorCode.Unavailable)
            {
                return answer;
            }
        }
        catch (OperationCanceledException)
        {
            ways.Lose(_way);
        }
        return await read(Here);
    }
}
