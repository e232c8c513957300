using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// Answers about one subject from what this node has of it, on any thread, beside any turn: wherever its writer is. What it answers from is
/// what was committed, each object whole, and all of them held at one moment.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="own">What the node has of the subject.</param>
/// <param name="replica">The node's copy of the model.</param>
/// <param name="entities">The node's copies of entities.</param>
/// <param name="outside">Who asks outside engines; null: none is asked.</param>
/// <param name="log">Where decisions are told; null: nowhere.</param>
public sealed class SubjectReader(
    TenantId tenant, Cell<SubjectState> own, ITenantReplica replica, IEntityReplicas entities, IOutsideEngine? outside = null, IDecisionLog? log = null)
{
    /// <summary>Decides.</summary>
    public ValueTask<Result<Decision>> EvaluateAsync(AccessRequest request, DateTimeOffset now)
    {
        var held = own.Current;
        var model = replica.Current;
        if (held is null || model is null || model.UsesOutside || held.Grants.UsesOutside)
        {
            return EvaluateLoadedAsync(request, now);
        }
        var question = model.UsesEntities ? JoinFromMemory(model, request) : request;
        return question is not null && own.Has(held)
            ? new(Told(model, request, DecisionEngine.Decide(model, held.Grants, question, now), now))
            : EvaluateLoadedAsync(request, now);
    }

    /// <summary>Decides, and says by what.</summary>
    public ValueTask<Result<Explanation>> ExplainAsync(AccessRequest request, DateTimeOffset now) =>
        AnswerAsync(request, now, (model, held, question) => DecisionEngine.Explain(model, held.Grants, question, now), explanation => explanation.Decision);

    /// <summary>What the subject may.</summary>
    public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(DateTimeOffset now) =>
        ReadTogetherAsync(null, (model, held, _) => (Result<IReadOnlyList<EffectivePermission>>)DecisionEngine.ListPermissions(model, held.Grants, now).ToArray());

    /// <summary>What the subject holds.</summary>
    public ValueTask<Result<SubjectAssignments>> ReadAsync() => ReadTogetherAsync(null, (_, held, _) => (Result<SubjectAssignments>)held.Assignments);

    // The grants were read before the model, and are looked at again behind this.
    private AccessRequest? JoinFromMemory(CompiledTenant model, AccessRequest request)
    {
        var looked = QuestionEntities.Look(entities, tenant, model, request);
        return looked.StillHold && ReferenceEquals(model, replica.Current) ? looked.Join(request) : null;
    }

    // Apart from EvaluateAsync, which must not pay for what is captured here.
    private ValueTask<Result<Decision>> EvaluateLoadedAsync(AccessRequest request, DateTimeOffset now) =>
        AnswerAsync(request, now, (model, held, question) => DecisionEngine.Decide(model, held.Grants, question, now), decision => decision);

    private Decision Told(CompiledTenant model, AccessRequest request, in Decision decision, DateTimeOffset now)
    {
        log?.Note(model, request, decision, now);
        return decision;
    }

    // An outside engine is asked beside everything, and then all is read anew: it may have changed meanwhile.
    private async ValueTask<Result<T>> AnswerAsync<T>(
        AccessRequest request, DateTimeOffset now, Func<CompiledTenant, SubjectState, AccessRequest, T> decide, Func<T, Decision> decisionOf)
    {
        (OutsideRounds? rounds, CompiledTenant? by) = (null, null);
        while (true)
        {
            var answer = await ReadTogetherAsync<T>(request, (model, held, question) =>
            {
                by = model;
                rounds ??= model.UsesOutside || held.Grants.UsesOutside ? new OutsideRounds(outside, now) : null;
                return decide(model, held, rounds?.Begin(model, held.Grants, question!) ?? question!);
            });
            if (!answer.IsOk)
            {
                return answer;
            }
            if (rounds is not { IsProvisional: true })
            {
                Told(by!, request, decisionOf(answer.Value), now);
                return answer;
            }
            if (rounds.Refusal is { } refusal)
            {
                return refusal;
            }
            await rounds.AskAsync();
        }
    }

    private async ValueTask<Result<T>> ReadTogetherAsync<T>(AccessRequest? request, Func<CompiledTenant, SubjectState, AccessRequest?, Result<T>> read)
    {
        try
        {
            while (true)
            {
                if (await replica.LoadAsync() is null)
                {
                    return Refusals.NoTenant(tenant);
                }
                if (await own.LoadAsync() is not { } held)
                {
                    return new AuthzError(ErrorCode.Unavailable, "what the subject holds could not be read");
                }
                if (await replica.LoadAsync() is not { } model)
                {
                    return Refusals.NoTenant(tenant);
                }
                var looked = request is null || !model.UsesEntities ? default : await QuestionEntities.LoadAsync(entities, tenant, model, request);
                // Never a model, entities and grants but of one moment at which all of them held.
                if (looked.StillHold && ReferenceEquals(model, await replica.LoadAsync()) && own.Has(held))
                {
                    return read(model, held, request is null ? null : looked.Join(request));
                }
            }
        }
        catch (StoreUnavailableException exception)
        {
            own.Table.Refused();
            return Refusals.Unavailable(exception);
        }
    }
}
