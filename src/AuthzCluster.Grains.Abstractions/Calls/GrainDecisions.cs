using System.Runtime.InteropServices;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Passes each question to the grain of the subject that it is about; many at once as one message for each subject.</summary>
/// <param name="directory">Where the grains are.</param>
public sealed class GrainDecisions(GrainDirectory directory) : DecisionService(directory)
{
    /// <inheritdoc/>
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
        var grain = directory.SubjectGrain(tenant, subject);
        try
        {
            if (places.Count == 1)
            {
                var (request, at) = requests[places[0]];
                decisions[places[0]] = await grain.EvaluateAsync(request, at);
                return;
            }
            var answers = await grain.EvaluateManyAsync([.. places.Select(place => requests[place])]);
            for (var i = 0; i < answers.Length; i++)
            {
                decisions[places[i]] = answers[i];
            }
        }
        catch (Exception e) when (Lost.Is(e))
        {
            foreach (var place in places)
            {
                decisions[place] = Lost.Error(e);
            }
        }
    }
}
