namespace AuthzCluster.Client.Http;

/// <summary>Questions over HTTP.</summary>
internal sealed class HttpAuthorizationClient(ApiConnection api) : IAuthorizationClient
{
    public IAuthorizationClient ForTenant(string tenant) => new HttpAuthorizationClient(api.ForTenant(tenant));

    public Task<AccessDecision> EvaluateAsync(AccessQuestion question, CancellationToken cancellationToken) =>
        AskAsync("authorization/evaluate", question, cancellationToken);

    public Task<AccessDecision> ExplainAsync(AccessQuestion question, CancellationToken cancellationToken) =>
        AskAsync("authorization/explain", question, cancellationToken);

    public async Task<IReadOnlyList<AccessDecision>> EvaluateBatchAsync(IReadOnlyList<AccessQuestion> questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var call = ApiCall.Ask("authorization/evaluate/batch", new BatchWire([.. questions.Select(QuestionWire.Of)]), ClientJson.Default.BatchWire);
        var reply = await api.CallAsync(call, ClientJson.Default.BatchReplyWire, cancellationToken).ConfigureAwait(false);
        return reply.Decisions.Count == questions.Count && !reply.Decisions.Any(decision => decision is null)
            ? [.. reply.Decisions.Select(decision => decision.Read())]
            : throw Problems.Invalid($"not an answer to each of {questions.Count} questions", call);
    }

    public async Task<bool> HasRoleAsync(Principal principal, string role, CancellationToken cancellationToken)
    {
        using var deadline = api.NewDeadline(cancellationToken);
        return await HoldsAsync(principal, role, deadline).ConfigureAwait(false);
    }

    public async Task<bool> IsAdminAsync(Principal principal, CancellationToken cancellationToken)
    {
        using var deadline = api.NewDeadline(cancellationToken);
        var holds = await Task.WhenAll(AdminRoles.Ids.Select(role => HoldsIfThereAsync(principal, role, deadline))).ConfigureAwait(false);
        return holds.Contains(true);
    }

    private async Task<AccessDecision> AskAsync(string path, AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var call = ApiCall.Ask(path, QuestionWire.Of(question), ClientJson.Default.QuestionWire);
        return (await api.CallAsync(call, ClientJson.Default.DecisionWire, cancellationToken).ConfigureAwait(false)).Read();
    }

    // Only the API's own word is a no: a 404 of anything else is an error.
    private async Task<bool> HoldsAsync(Principal principal, string role, Deadline deadline)
    {
        var call = ApiCall.Get($"{Texts.Path(principal)}/roles/{Texts.Segment(role, "role_id")}");
        try
        {
            return (await api.CallAsync(call, ClientJson.Default.AssignmentWire, deadline).ConfigureAwait(false)).IsActive;
        }
        catch (AssignmentNotFoundException)
        {
            return false;
        }
    }

    private async Task<bool> HoldsIfThereAsync(Principal principal, string role, Deadline deadline)
    {
        try
        {
            return await HoldsAsync(principal, role, deadline).ConfigureAwait(false);
        }
        catch (RoleNotFoundException)
        {
            return false;
        }
    }
}
