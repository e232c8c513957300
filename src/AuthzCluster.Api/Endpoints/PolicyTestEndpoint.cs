using System.Collections.Immutable;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Decisions;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Tries a policy before it is saved: what the decisions would be, how they would come about, and whether that was expected.</summary>
internal static class PolicyTestEndpoint
{
    private const int MostSteps = 100_000;

    public static readonly ApiEndpoint[] All =
    [
        new("POST", "/api/v1/policies/test", TestAsync, Rights.PoliciesRead) { Feature = Feature.Policies, ChangesNothing = true },
    ];

    private static async Task TestAsync(ApiRequest request)
    {
        var body = await request.ReadJsonAsync();
        var trial = PolicyTrialReader.Read(body.Span, request.Tenant);
        // A policy of one's own asks for any attribute there is.
        if (!ApiRequest.Ok(await request.Ports.Rights.MayAsync(request.Tenant, request.Caller, Rights.EntitiesRead)))
        {
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.Forbidden, $"`{Rights.EntitiesRead}` is needed, as what is tried sees what is stored of entities")));
        }
        foreach (var subject in trial.Questions.Select(asked => asked.Question.Request.Subject).Distinct())
        {
            await request.RequireAskingAsync(subject, why: true);
        }
        var now = request.Ports.Clock.GetUtcNow();
        var questions = trial.Questions.Select(asked => new TimedRequest(asked.Question.Request, asked.Question.At ?? now)).ToArray();
        var answers = ApiRequest.Ok(Placed(await request.Ports.Policies.TryAsync(request.Tenant, trial.Policy, questions)));
        if (answers.Sum(answer => answer.Trace.Length + answer.Policies.Sum(policy => 1 + Steps(policy.Conditions))) > MostSteps)
        {
            throw new ProblemException(Problem.Of(new AuthzError(
                ErrorCode.PayloadTooLarge, $"the traces of this trial have more than {MostSteps} steps: try fewer requests at a time")));
        }
        var results = answers.Select((answer, i) => (Answer.Of(answer, showsPolicies: true), trial.Questions[i].Expected)).ToArray();
        await request.WriteAsync(StatusCodes.Status200OK, MediaTypes.Json, results, Write);
    }

    // What is found wrong there is wrong with the policy: the questions were read whole.
    private static Result<T> Placed<T>(Result<T> result) =>
        result.Error is { Code: ErrorCode.ValidationFailed, Fields.Count: > 0 } error
            ? AuthzError.Invalid([.. error.Fields.Select(field => field with { Field = $"policy.{field.Field}" })])
            : result;

    private static int Steps(ImmutableArray<ConditionStep> conditions) => conditions.Sum(condition => 1 + condition.Saw.Count + Steps(condition.Parts));

    private static void Write(Utf8JsonWriter json, (Answer Answer, string? Expected)[] results)
    {
        json.WriteStartObject();
        json.WriteBoolean("passed"u8, Array.TrueForAll(results, result => IsAsExpected(result) != false));
        json.WriteStartArray("results"u8);
        foreach (var result in results)
        {
            json.WriteStartObject();
            DecisionWriter.WriteMembers(json, result.Answer);
            json.WriteString("expected"u8, result.Expected);
            json.WritePropertyName("as_expected"u8);
            if (IsAsExpected(result) is { } isAsExpected)
            {
                json.WriteBooleanValue(isAsExpected);
            }
            else
            {
                json.WriteNullValue();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Null: nothing was expected.
    private static bool? IsAsExpected((Answer Answer, string? Expected) result) => result.Expected switch
    {
        null => null,
        PolicyTrialReader.Allow => result.Answer.Decision.IsAllowed,
        PolicyTrialReader.Deny => !result.Answer.Decision.IsAllowed,
        var reason => EnumText.Of(result.Answer.Decision.Reason) == reason,
    };
}
