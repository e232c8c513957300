using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Decisions;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Questions.</summary>
internal static class DecisionEndpoints
{
    private const string Authorization = "/api/v1/authorization";
    private const int MostStepsOfBatch = 100_000, MostExplainedAtOnce = 16;

    public static readonly ApiEndpoint[] All =
    [
        new("POST", Authorization + "/evaluate", request => EvaluateAsync(request, explain: false), null) { Feature = Feature.Always, IsQuestion = true },
        new("POST", Authorization + "/evaluate/batch", BatchAsync, null) { Feature = Feature.Always, IsQuestion = true },
        new("POST", Authorization + "/explain", request => EvaluateAsync(request, explain: true), null) { Feature = Feature.Always, IsQuestion = true },
    ];

    private static async Task EvaluateAsync(ApiRequest request, bool explain)
    {
        var body = await request.ReadJsonAsync();
        var question = QuestionReader.ReadOne(body.Span, request.Tenant);
        await request.RequireAskingAsync(question.Request.Subject, explain || question.Explain);
        var answer = await AnswerAsync(request, question, question.At ?? request.Ports.Clock.GetUtcNow(), explain || question.Explain);
        if (answer.IsOk)
        {
            request.Metrics.Requests.Decided(answer.Value.Decision.Reason);
            await request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, answer.Value, DecisionWriter.Write);
            return;
        }
        // Not thrown: while storage is away this is the usual answer, and must stay cheap.
        await ProblemWriter.WriteAsync(request.Http, Problem.Of(answer.Error));
    }

    private static async Task BatchAsync(ApiRequest request)
    {
        var body = await request.ReadJsonAsync();
        var questions = QuestionReader.ReadBatch(body.Span, request.Tenant);
        if (questions.Count == 0)
        {
            // No question would find out that there is no such tenant.
            ApiRequest.Ok(await request.Ports.Tenants.GetAsync(request.Tenant));
        }
        foreach (var question in questions)
        {
            await request.RequireAskingAsync(question.Request.Subject, question.Explain);
        }
        var answers = await DecideAsync(request, questions, request.Ports.Clock.GetUtcNow());
        foreach (var answer in answers)
        {
            request.Metrics.Requests.Decided(answer.Decision.Reason);
        }
        await request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, answers, DecisionWriter.WriteBatch);
    }

    /// <summary>Decides questions that the caller may ask, in their order; those that have no instant of their own at one.</summary>
    public static async Task<Answer[]> DecideAsync(ApiRequest request, IReadOnlyList<Question> questions, DateTimeOffset now)
    {
        var answers = new Answer[questions.Count];
        var plain = new List<TimedRequest>(questions.Count);
        var explained = new List<int>();
        var steps = 0;
        for (var i = 0; i < answers.Length; i++)
        {
            if (!questions[i].Explain)
            {
                plain.Add(new TimedRequest(questions[i].Request, questions[i].At ?? now));
                continue;
            }
            explained.Add(i);
        }
        foreach (var places in explained.Chunk(MostExplainedAtOnce))
        {
            await Task.WhenAll(places.Select(async i => answers[i] = InBatch(await AnswerAsync(request, questions[i], questions[i].At ?? now, explain: true))));
            steps += places.Sum(i => answers[i].Trace.IsDefault ? 0 : answers[i].Trace.Length + answers[i].Policies.Length);
            if (steps > MostStepsOfBatch)
            {
                throw new ProblemException(Problem.Of(new AuthzError(
                    ErrorCode.PayloadTooLarge, $"the traces of this batch have more than {MostStepsOfBatch} steps: explain fewer at a time")));
            }
        }
        var decisions = await request.Ports.Decisions.EvaluateManyAsync(request.Tenant, plain);
        for (int i = 0, next = 0; next < decisions.Count; i++)
        {
            if (!questions[i].Explain)
            {
                var decision = decisions[next++];
                answers[i] = InBatch(decision.IsOk ? new Answer(decision.Value, default) : decision.Error);
            }
        }
        return answers;
    }

    private static Answer InBatch(Result<Answer> answer) =>
        answer.IsOk ? answer.Value
        : answer.Error.Code == ErrorCode.Unavailable ? new Answer(new Decision { Reason = DecisionReason.Unavailable }, default)
        : throw new ProblemException(Problem.Of(answer.Error));

    /// <summary>Decides a question that the caller may ask.</summary>
    public static async ValueTask<Result<Answer>> AnswerAsync(ApiRequest request, Question question, DateTimeOffset now, bool explain)
    {
        if (explain)
        {
            var explained = await request.Ports.Decisions.ExplainAsync(request.Tenant, question.Request, now);
            var showsPolicies = explained is { IsOk: true, Value: { } value } && (!value.Policies.IsEmpty || !value.Outside.IsEmpty || value.WhyNot.Any(one => one.Policy is not null))
                && await PolicyEndpoints.MayReadAsync(request);
            return explained.Map(explanation => Answer.Of(explanation, showsPolicies));
        }
        var decision = await request.Ports.Decisions.EvaluateAsync(request.Tenant, question.Request, now);
        return decision.IsOk ? new Answer(decision.Value, default) : decision.Error;
    }
}
