using System.Runtime.InteropServices;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Calls;
using Orleans.Serialization;

namespace AuthzCluster.Grains.Node;

/// <summary>Passes each question to the grain of the subject that it is about; many at once as one message for each subject.</summary>
/// <param name="grains">Where the grains are.</param>
/// <param name="directory">Who answers where that does not.</param>
internal sealed class SiloDecisions(GrainDirectory grains, SiloDirectory directory) : DecisionService(directory)
{
    public override async ValueTask<IReadOnlyList<Result<Decision>>> EvaluateManyAsync(TenantId tenant, IReadOnlyList<TimedRequest> requests)
    {
        var bySubject = new Dictionary<SubjectId, List<int>>();
        for (var i = 0; i < requests.Count; i++)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(bySubject, requests[i].Request.Subject, out _) ??= []).Add(i);
        }
        var decisions = new Result<Decision>[requests.Count];
        await Task.WhenAll(bySubject.Select(group => AskAsync(tenant, group.Key, group.Value, requests, decisions)));
        return decisions;
    }

    private async Task AskAsync(TenantId tenant, SubjectId subject, List<int> places, IReadOnlyList<TimedRequest> requests, Result<Decision>[] decisions)
    {
        if (places.Count > 1 && await TryManyAsync(tenant, subject, [.. places.Select(place => requests[place])]) is { } answers)
        {
            for (var i = 0; i < answers.Length; i++)
            {
                decisions[places[i]] = answers[i];
            }
            return;
        }
        await Task.WhenAll(places.Select(async place => decisions[place] = await EvaluateAsync(tenant, requests[place].Request, requests[place].At)));
    }

    // Null: there was no answer, or one that cannot say.
    private async Task<Result<Decision>[]?> TryManyAsync(TenantId tenant, SubjectId subject, TimedRequest[] requests)
    {
        try
        {
            var answers = await grains.SubjectGrain(tenant, subject).EvaluateManyAsync(requests).AsTask().WaitAsync(directory.Ways.Patience);
            return Array.Exists(answers, answer => answer.Error?.Code == Domain.Errors.ErrorCode.Unavailable) ? null : answers;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException or SerializerException)
        {
            return null;
        }
    }
}
