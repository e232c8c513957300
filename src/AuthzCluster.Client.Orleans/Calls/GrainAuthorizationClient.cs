using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Client.Orleans.Mapping;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>Questions over Orleans.</summary>
internal sealed class GrainAuthorizationClient(TenantCalls calls) : IAuthorizationClient
{
    private const int LargestBatch = 1000;

    public IAuthorizationClient ForTenant(string tenant) => new GrainAuthorizationClient(calls.ForTenant(tenant));

    public async Task<AccessDecision> EvaluateAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var (request, at) = Questions.Read(question, "");
        return await calls.AskAsync(
            async call =>
            {
                await call.AdmitAskingAsync(request.Subject, why: false).ConfigureAwait(false);
                return Questions.Write(call.Ok(await call.Ports.Decisions.EvaluateAsync(call.Tenant, request, at ?? call.Now).ConfigureAwait(false)));
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<AccessDecision> ExplainAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var (request, at) = Questions.Read(question, "");
        return await calls.AskAsync(
            async call =>
            {
                await call.AdmitAskingAsync(request.Subject, why: true).ConfigureAwait(false);
                var explanation = call.Ok(await call.Ports.Decisions.ExplainAsync(call.Tenant, request, at ?? call.Now).ConfigureAwait(false));
                var showsPolicies = (!explanation.Policies.IsEmpty || !explanation.Outside.IsEmpty) && await call.MayReadPoliciesAsync().ConfigureAwait(false);
                return Questions.Write(explanation, showsPolicies);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AccessDecision>> EvaluateBatchAsync(IReadOnlyList<AccessQuestion> questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        if (questions.Count > LargestBatch)
        {
            throw Failures.Invalid("evaluations", $"must have at most {LargestBatch} items");
        }
        var asked = questions.Select((question, i) => Questions.Read(question, $"evaluations[{i}].")).ToList();
        return await calls.AskAsync(call => DecideAsync(call, asked), cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> HasRoleAsync(Principal principal, string role, CancellationToken cancellationToken) => HoldsAsync(principal, [role], isMissingError: true, cancellationToken);

    public Task<bool> IsAdminAsync(Principal principal, CancellationToken cancellationToken) => HoldsAsync(principal, AdminRoles.Ids, isMissingError: false, cancellationToken);

    private static async Task<IReadOnlyList<AccessDecision>> DecideAsync(GrainCall call, IReadOnlyList<(AccessRequest Request, DateTimeOffset? At)> asked)
    {
        if (asked.Count == 0)
        {
            // No question would find out that there is no such tenant, or that the caller's key is not valid there.
            await call.AdmitAsync().ConfigureAwait(false);
            call.Ok(await call.Ports.Tenants.GetAsync(call.Tenant).ConfigureAwait(false));
            return [];
        }
        foreach (var subject in asked.Select(question => question.Request.Subject).Distinct())
        {
            await call.AdmitAskingAsync(subject, why: false).ConfigureAwait(false);
        }
        var now = call.Now;
        var answers = await call.Ports.Decisions.EvaluateManyAsync(call.Tenant, [.. asked.Select(question => new TimedRequest(question.Request, question.At ?? now))]).ConfigureAwait(false);
        return [.. answers.Select(answer => answer.Error?.Code == ErrorCode.Unavailable ? Questions.Unavailable : Questions.Write(call.Ok(answer)))];
    }

    private async Task<bool> HoldsAsync(Principal principal, IReadOnlyList<string> roles, bool isMissingError, CancellationToken cancellationToken)
    {
        var subject = Principals.Read(principal);
        var names = roles.Select(role => Texts.Id(role, "role_id")).ToList();
        return await calls.ReadAsync(
            Rights.AssignmentsRead,
            async call =>
            {
                var holding = new RoleHolding(call.Ports.Roles, call.Ports.Assignments);
                var found = await Task.WhenAll(names.Select(role => holding.FindAsync(call.Tenant, subject, role))).ConfigureAwait(false);
                return found.Where(held => !IsNone(held.Error?.Code)).Select(call.Ok).Any(held => held is not null);
            },
            cancellationToken).ConfigureAwait(false);

        bool IsNone(ErrorCode? code) => code == ErrorCode.AssignmentNotFound || (code == ErrorCode.RoleNotFound && !isMissingError);
    }
}
