using AuthzCluster.Api.Decisions;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Grpc;

/// <summary>Questions.</summary>
internal static class AuthorizationMethods
{
    // Of a stream: so many questions are decided together, and no more are read meanwhile.
    private const int LargestBatch = 1000, Window = 256;

    public static readonly ApiEndpoint[] All =
    [
        Question("Evaluate", EvaluateAsync),
        Question("EvaluateBatch", BatchAsync),
        Question("EvaluateStream", StreamAsync),
    ];

    private static ApiEndpoint Question(string name, Func<ApiRequest, Task> handler) =>
        new("POST", $"/authz.v1.AuthorizationService/{name}", handler, null) { Feature = Feature.Always, IsQuestion = true };

    private static async Task EvaluateAsync(ApiRequest request)
    {
        var call = GrpcCall.Of(request);
        var question = QuestionMessages.Read(await call.ReadOneAsync<V1.EvaluateRequest>(request));
        await request.RequireAskingAsync(question.Request.Subject, question.Explain);
        var answer = await DecisionEndpoints.AnswerAsync(request, question, question.At ?? request.Ports.Clock.GetUtcNow(), question.Explain);
        if (answer.IsOk)
        {
            request.Metrics.Requests.Decided(answer.Value.Decision.Reason);
            call.Send(AnswerMessages.Of(answer.Value));
            return;
        }
        await call.FailAsync(Problem.Of(answer.Error));
    }

    private static async Task BatchAsync(ApiRequest request)
    {
        var call = GrpcCall.Of(request);
        var asked = (await call.ReadOneAsync<V1.EvaluateBatchRequest>(request)).Evaluations;
        if (asked.Count > LargestBatch)
        {
            throw ProblemException.Invalid("evaluations", $"must have at most {LargestBatch} items");
        }
        var questions = new List<Question>(asked.Count);
        foreach (var (i, message) in asked.Index())
        {
            questions.Add(QuestionMessages.Read(message, $"evaluations[{i}]."));
        }
        if (questions.Count == 0)
        {
            // No question would find out that there is no such tenant.
            ApiRequest.Ok(await request.Ports.Tenants.GetAsync(request.Tenant));
        }
        var reply = new V1.EvaluateBatchResponse();
        foreach (var answer in await DecideAsync(request, questions))
        {
            reply.Decisions.Add(AnswerMessages.Of(answer));
        }
        call.Send(reply);
    }

    private static Task StreamAsync(ApiRequest request)
    {
        var call = GrpcCall.Of(request);
        return call.AnswerManyAsync<V1.EvaluateRequest>(request, Window, async messages =>
        {
            var questions = new List<Question>(messages.Count);
            var fault = Read(messages, questions);
            foreach (var answer in await DecideAsync(request, questions))
            {
                call.Write(AnswerMessages.Of(answer));
            }
            await call.FlushAsync(request);
            if (fault is not null)
            {
                throw fault;
            }
        });
    }

    // As far as they can be read; those are answered before it is told what is wrong with the next.
    private static ProblemException? Read(List<V1.EvaluateRequest> messages, List<Question> questions)
    {
        try
        {
            foreach (var message in messages)
            {
                questions.Add(QuestionMessages.Read(message));
            }
            return null;
        }
        catch (ProblemException fault)
        {
            return fault;
        }
    }

    private static async Task<Answer[]> DecideAsync(ApiRequest request, List<Question> questions)
    {
        foreach (var question in questions)
        {
            await request.RequireAskingAsync(question.Request.Subject, question.Explain);
        }
        var answers = await DecisionEndpoints.DecideAsync(request, questions, request.Ports.Clock.GetUtcNow());
        foreach (var answer in answers)
        {
            request.Metrics.Requests.Decided(answer.Decision.Reason);
        }
        return answers;
    }
}
