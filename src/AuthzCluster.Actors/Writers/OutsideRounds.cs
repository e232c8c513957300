using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// One question in a tenant that asks an outside engine: decided with the answers that are there, until none is missing. Nothing that was read before the
/// engine was asked is decided on after.
/// </summary>
/// <param name="engine">Who is asked; null: nobody is there.</param>
/// <param name="now">The instant that is asked about.</param>
/// <param name="trial">Of a model that is only tried, a number below 0 that no other trial has: its answers are nobody else's. Null: the model is the tenant's.</param>
internal sealed class OutsideRounds(IOutsideEngine? engine, DateTimeOffset now, long? trial = null)
{
    // Each asks many at once: who has more outside conditions in one decision than this comes to is not answered.
    private const int Most = 32;

    private int _round;

    private readonly OutsideAnswers _answers = new();
    private Func<OutsideQuestion, OutsideCall>? _call;

    /// <summary>Whether what was decided last is provisional.</summary>
    public bool IsProvisional => _answers.Missing.Count > 0;

    /// <summary>Why no more is asked; null: more may be.</summary>
    public AuthzError? Refusal => _round < Most ? null
        : new AuthzError(ErrorCode.Unavailable, "too much is asked of outside engines, or what they are asked about changes too fast");

    /// <summary>The question with the answers that are there, for the state that it is decided on next.</summary>
    public AccessRequest Begin(CompiledTenant model, SubjectGrants held, AccessRequest question)
    {
        _call = asked => new OutsideCall(
            model.Model.Id, model.Model.CreatedAt, trial ?? model.Revision, held.Revision, asked.Url ?? model.OutsideUrl, asked, question);
        return _answers.Begin(question);
    }

    /// <summary>Asks all that was missing, at once.</summary>
    public async ValueTask AskAsync()
    {
        _round++;
        OutsideQuestion[] missing = [.. _answers.Missing];
        var answers = await Task.WhenAll(missing.Select(question => engine is null
            ? Task.FromResult(OutsideAnswer.Failed("this server asks no Open Policy Agent: its operator has set none", now))
            : engine.AskAsync(_call!(question)).AsTask()));
        for (var i = 0; i < missing.Length; i++)
        {
            _answers.Take(missing[i], answers[i]);
        }
    }
}
