using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// One question in a tenant that asks an outside engine: decided with the answers that are there, until none is missing. Nothing that was read before the
/// engine was asked is decided on after.
/// </summary>
/// <param name="engine">Who is asked; null: nobody is there.</param>
/// <param name="now">The instant that is asked about.</param>
internal sealed class OutsideRounds(IOutsideEngine? engine, DateTimeOffset now)
{
    private readonly OutsideAnswers _answers = new();
    private Func<OutsideQuestion, OutsideCall>? _call;

    /// <summary>Whether what was decided last is provisional.</summary>
    public bool IsProvisional => _answers.Missing.Count > 0;

    /// <summary>The question with the answers that are there, for the state that it is decided on next.</summary>
    public AccessRequest Begin(CompiledTenant model, SubjectState held, AccessRequest question)
    {
        _call = asked => new OutsideCall(
            model.Model.Id, model.Model.CreatedAt, model.Revision, held.Assignments.Revision, asked.Url ?? model.OutsideUrl, asked, question);
        return _answers.Begin(question);
    }

    /// <summary>Asks all that was missing, at once.</summary>
    public async ValueTask AskAsync()
    {
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
