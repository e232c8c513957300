using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Services;

/// <summary>A question decided on a model that is not the tenant's.</summary>
/// <param name="Model">The model that is tried.</param>
/// <param name="Held">What the subject holds.</param>
/// <param name="Question">The question, with what is stored.</param>
/// <param name="At">When.</param>
/// <param name="Rounds">The answers of outside engines; null: none has a say.</param>
internal sealed record PolicyTrial(CompiledTenant Model, SubjectGrants Held, AccessRequest Question, DateTimeOffset At, OutsideRounds? Rounds)
{
    /// <summary>Decides each; what several ask outside engines they ask at once.</summary>
    public static async Task<Result<IReadOnlyList<Explanation>>> RunAsync(PolicyTrial[] trials)
    {
        while (true)
        {
            var told = Array.ConvertAll(trials, trial => trial.Explain());
            var open = Array.FindAll(trials, trial => trial.Rounds is { IsProvisional: true });
            if (open.Length == 0)
            {
                return told;
            }
            if (Array.Find(open, trial => trial.Rounds!.Refusal is not null) is { } over)
            {
                return over.Rounds!.Refusal!;
            }
            await Task.WhenAll(open.Select(trial => trial.Rounds!.AskAsync().AsTask()));
        }
    }

    private Explanation Explain() => DecisionEngine.Explain(Model, Held, Rounds?.Begin(Model, Held, Question) ?? Question, At);
}
