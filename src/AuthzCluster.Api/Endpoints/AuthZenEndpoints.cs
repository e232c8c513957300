using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.AuthZen;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Questions as AuthZEN 1.0 asks them. What they mean: <see cref="AuthZenMapping"/>.</summary>
internal static class AuthZenEndpoints
{
    public static readonly ApiEndpoint[] All =
    [
        new("POST", AuthZenErrors.Root + "/evaluation", EvaluateAsync, null) { Feature = Feature.Always, IsQuestion = true, IsAuthZen = true },
        new("POST", AuthZenErrors.Root + "/evaluations", EvaluateManyAsync, null) { Feature = Feature.Always, IsQuestion = true, IsAuthZen = true },
        new("GET", AuthZenMetadata.WellKnown, request => DescribeAsync(request, request.TenantOfPath), null) { Feature = Feature.Always, IsOpen = true, IsAuthZen = true },
        new("GET", AuthZenMetadata.WellKnown + "/tenants/{tenant}", request => DescribeAsync(request, new TenantId(request["tenant"])), null)
        {
            Feature = Feature.Always, IsOpen = true, IsAuthZen = true,
        },
    ];

    private static async Task EvaluateAsync(ApiRequest request)
    {
        var body = await request.ReadJsonAsync();
        await AnswerAsync(request, AuthZenReader.ReadOne(body.Span));
    }

    private static async Task EvaluateManyAsync(ApiRequest request)
    {
        var body = await request.ReadJsonAsync();
        var batch = AuthZenReader.ReadBatch(body.Span);
        if (batch.Items is not { Count: > 0 } items)
        {
            await AnswerAsync(request, batch);
            return;
        }
        if (batch.Fault is { } fault)
        {
            throw new ProblemException(Invalid(fault));
        }
        var answers = Cut(await DecideAsync(request, [.. items.Select(item => item.Over(batch))]), batch.Semantic);
        foreach (var answer in answers)
        {
            if (answer.Decision is { } decision)
            {
                request.Metrics.Requests.Decided(decision.Reason);
            }
        }
        await request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, answers, AuthZenWriter.WriteAll);
    }

    private static async Task AnswerAsync(ApiRequest request, AuthZenItem item)
    {
        if (item.Incomplete() is { } fault)
        {
            throw new ProblemException(Invalid(fault));
        }
        var subject = AuthZenMapping.SubjectOf(item);
        await request.RequireAskingAsync(subject, why: false);
        var question = AuthZenMapping.Map(item);
        if (question is null)
        {
            await WriteAsync(request, default);
            return;
        }
        var decision = await request.Ports.Decisions.EvaluateAsync(request.Tenant, question, request.Ports.Clock.GetUtcNow());
        if (decision.IsOk)
        {
            request.Metrics.Requests.Decided(decision.Value.Reason);
        }
        await (decision.IsOk
            ? WriteAsync(request, new AuthZenAnswer(decision.Value, request.MayAskWhy(subject)))
            : AuthZenErrors.WriteAsync(request.Http, Problem.Of(decision.Error)));
    }

    private static async Task<AuthZenAnswer[]> DecideAsync(ApiRequest request, AuthZenItem[] items)
    {
        var answers = new AuthZenAnswer[items.Length];
        var (asked, places, now) = (new List<TimedRequest>(items.Length), new List<int>(items.Length), request.Ports.Clock.GetUtcNow());
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Incomplete() is { } fault)
            {
                answers[i] = AuthZenAnswer.Of(Invalid(fault));
                continue;
            }
            await request.RequireAskingAsync(AuthZenMapping.SubjectOf(items[i]), why: false);
            if (AuthZenMapping.Map(items[i]) is { } question)
            {
                asked.Add(new TimedRequest(question, now));
                places.Add(i);
            }
        }
        if (asked.Count == 0)
        {
            // No question would find out that there is no such tenant.
            ApiRequest.Ok(await request.Ports.Tenants.GetAsync(request.Tenant));
            return answers;
        }
        var decisions = await request.Ports.Decisions.EvaluateManyAsync(request.Tenant, asked);
        for (var i = 0; i < places.Count; i++)
        {
            var decision = decisions[i];
            answers[places[i]] = decision.IsOk ? new AuthZenAnswer(decision.Value, request.MayAskWhy(asked[i].Request.Subject))
                : decision.Error.Code == ErrorCode.Unavailable ? AuthZenAnswer.Of(Problem.Of(decision.Error))
                : throw new ProblemException(Problem.Of(decision.Error));
        }
        return answers;
    }

    private static ArraySegment<AuthZenAnswer> Cut(AuthZenAnswer[] answers, BatchSemantic semantic)
    {
        var last = semantic == BatchSemantic.ExecuteAll ? -1 : Array.FindIndex(answers, answer => answer.IsAllowed == (semantic == BatchSemantic.PermitOnFirstPermit));
        return last < 0 ? answers : new ArraySegment<AuthZenAnswer>(answers, 0, last + 1);
    }

    private static Task WriteAsync(ApiRequest request, AuthZenAnswer answer) =>
        request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, answer, AuthZenWriter.Write);

    private static Task DescribeAsync(ApiRequest request, TenantId? tenant) =>
        request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, AuthZenMetadata.Of(request.PublicUrl(), tenant), AuthZenMetadata.Write);

    private static Problem Invalid(string fault) => Problem.Of(new AuthzError(ErrorCode.ValidationFailed, fault));
}
