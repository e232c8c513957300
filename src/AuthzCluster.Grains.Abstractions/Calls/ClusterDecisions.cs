using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Abstractions.Services;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Questions: straight to the grain of the subject; what was lost there, or refused for the moment, again by way of another
/// silo, as are for a while those behind it. Many at once go as one message, to their subject or to any silo.
/// </summary>
internal sealed class ClusterDecisions(GrainDirectory directory, ClusterCaller calls) : IDecisions
{
    private readonly DirectWays _ways = new(calls.Options.Clock);
    private readonly CoarseTimeout _patience = new(calls.ShortPatience, calls.Options.Clock);

    public async ValueTask<Result<Decision>> EvaluateAsync(TenantId tenant, AccessRequest request, DateTimeOffset now)
    {
        if (!calls.MayCall)
        {
            return Lost.NotFound;
        }
        CallTrace.Send();
        var subject = directory.SubjectGrain(tenant, request.Subject);
        if (_ways.MayTry(Way(subject)))
        {
            try
            {
                var answer = await StraightAsync(subject, subject.EvaluateAsync(request, now).AsTask());
                if (answer.Error?.Code != ErrorCode.Unavailable)
                {
                    return answer;
                }
            }
            catch (Exception e) when (Lost.Is(e))
            {
            }
        }
        return await calls.ReadAsync<IDecisionsGrain, Decision>(grain => grain.EvaluateAsync(tenant, request, now).AsTask());
    }

    public async ValueTask<IReadOnlyList<Result<Decision>>> EvaluateManyAsync(TenantId tenant, IReadOnlyList<TimedRequest> requests)
    {
        if (requests.Count == 0)
        {
            return [];
        }
        TimedRequest[] questions = [.. requests];
        var subject = directory.SubjectGrain(tenant, questions[0].Request.Subject);
        var isStraight = AreOfOneSubject(questions) && _ways.MayTry(Way(subject));
        Result<Decision>[]? last = null;
        var answers = await calls.ReadAsync<IDecisionsGrain, Result<Decision>[]>(async grain =>
        {
            var goesStraight = isStraight;
            isStraight = false;
            var given = goesStraight ? await StraightAsync(subject, subject.EvaluateManyAsync(questions).AsTask()) : [.. await grain.EvaluateManyAsync(tenant, questions)];
            last = given;
            // What one silo refuses for the moment another may answer.
            return Array.Find(given, answer => answer.Error?.Code == ErrorCode.Unavailable) is { Error: { } refused } ? refused : given;
        });
        return last ?? (answers.IsOk ? answers.Value : [.. requests.Select(_ => (Result<Decision>)answers.Error)]);
    }

    public ValueTask<Result<Explanation>> ExplainAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) =>
        new(calls.ReadAsync<IDecisionsGrain, Explanation>(grain => grain.ExplainAsync(tenant, request, now).AsTask()));

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(TenantId tenant, SubjectId subject, DateTimeOffset now) =>
        new(calls.ReadAsync<IDecisionsGrain, IReadOnlyList<EffectivePermission>>(grain => grain.ListPermissionsAsync(tenant, subject, now).AsTask()));

    // What is not answered soon is asked in another way.
    private async Task<T> StraightAsync<T>(IUserAssignmentsGrain subject, Task<T> asked)
    {
        var way = Way(subject);
        try
        {
            var answer = await asked.WaitAsync(_patience.Token);
            _ways.Works(way);
            return answer;
        }
        catch (Exception e) when (Lost.Is(e))
        {
            _ways.Lose(way);
            throw;
        }
    }

    private static int Way(IUserAssignmentsGrain subject) => subject.GetGrainId().GetHashCode();

    private static bool AreOfOneSubject(TimedRequest[] requests)
    {
        for (var i = 1; i < requests.Length; i++)
        {
            if (requests[i].Request.Subject != requests[0].Request.Subject)
            {
                return false;
            }
        }
        return true;
    }
}
