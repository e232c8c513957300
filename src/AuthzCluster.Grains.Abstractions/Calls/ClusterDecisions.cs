using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Questions: straight to the grain of the subject; what was lost there, or refused for the moment, again by way of another
/// silo. Many at once go as one message, to their subject or to any silo.
/// </summary>
internal sealed class ClusterDecisions(GrainDirectory directory, ClusterCaller calls) : IDecisions
{
    public async ValueTask<Result<Decision>> EvaluateAsync(TenantId tenant, AccessRequest request, DateTimeOffset now)
    {
        if (!calls.MayCall)
        {
            return Lost.NotFound;
        }
        try
        {
            var answer = await directory.SubjectGrain(tenant, request.Subject).EvaluateAsync(request, now);
            if (answer.Error?.Code != ErrorCode.Unavailable)
            {
                return answer;
            }
        }
        catch (Exception e) when (Lost.Is(e))
        {
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
        if (calls.MayCall && AreOfOneSubject(questions) && await TryOneAsync(tenant, questions) is { } direct)
        {
            return direct;
        }
        Result<Decision>[]? latest = null;
        var answers = await calls.ReadAsync<IDecisionsGrain, Result<Decision>[]>(async grain =>
        {
            latest = [.. await grain.EvaluateManyAsync(tenant, questions)];
            return Array.Find(latest, IsRefused).Error is { } refused ? refused : latest;
        });
        return answers.IsOk ? answers.Value : latest ?? [.. requests.Select(_ => (Result<Decision>)answers.Error)];
    }

    // Null: lost, or refused for the moment.
    private async Task<IReadOnlyList<Result<Decision>>?> TryOneAsync(TenantId tenant, TimedRequest[] questions)
    {
        try
        {
            var answers = await directory.SubjectGrain(tenant, questions[0].Request.Subject).EvaluateManyAsync(questions);
            return Array.Exists(answers, IsRefused) ? null : answers;
        }
        catch (Exception e) when (Lost.Is(e))
        {
            return null;
        }
    }

    private static bool IsRefused(Result<Decision> answer) => answer.Error?.Code == ErrorCode.Unavailable;

    public ValueTask<Result<Explanation>> ExplainAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) =>
        new(calls.ReadAsync<IDecisionsGrain, Explanation>(grain => grain.ExplainAsync(tenant, request, now).AsTask()));

    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(TenantId tenant, SubjectId subject, DateTimeOffset now) =>
        new(calls.ReadAsync<IDecisionsGrain, IReadOnlyList<EffectivePermission>>(grain => grain.ListPermissionsAsync(tenant, subject, now).AsTask()));

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
