using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Policies: reads from the node's models, writes through the tenants' writers and the roles'.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="entities">The node's entities.</param>
/// <param name="ports">The host's.</param>
public class PolicyService(IActorDirectory directory, ITenantReplicas replicas, IEntityReplicas entities, ActorPorts ports) : IPolicies
{
    /// <inheritdoc/>
    public Task<Result<Page<PolicyDefinition>>> ListAsync(TenantId tenant, string? after, int limit) =>
        replicas.WithTenantAsync<Page<PolicyDefinition>>(tenant, async model =>
        {
            var found = model.Model.Policies.Values.Concat(BuiltInPacks.PoliciesOf(model.Model.Packs))
                .Where(policy => after is null || string.CompareOrdinal(policy.Id, after) > 0)
                .OrderBy(policy => policy.Id, StringComparer.Ordinal).Take(limit + 1).ToArray();
            var page = found.Length > limit ? found[..limit] : found;
            return await ValueTask.FromResult(new Page<PolicyDefinition>(page, found.Length > limit ? page[^1].Id : null));
        });

    /// <inheritdoc/>
    public Task<Result<PolicyDefinition>> GetAsync(TenantId tenant, string policy) =>
        replicas.WithTenantAsync<PolicyDefinition>(tenant, async model => await ValueTask.FromResult(PolicyEditor.Find(model.Model, policy)));

    /// <inheritdoc/>
    public Task<Result<PolicyDefinition>> CreateAsync(TenantId tenant, PolicyDraft draft, Caller caller) => directory.Tenant(tenant).CreatePolicyAsync(draft, caller);

    /// <inheritdoc/>
    public Task<Result<PolicyDefinition>> ReplaceAsync(TenantId tenant, string policy, PolicyDraft draft, long? ifVersion, Caller caller) =>
        directory.Tenant(tenant).ReplacePolicyAsync(policy, draft, ifVersion, caller);

    /// <inheritdoc/>
    public Task<Result<bool>> DeleteAsync(TenantId tenant, string policy, long? ifVersion, Caller caller) =>
        directory.Tenant(tenant).DeletePolicyAsync(policy, ifVersion, caller);

    /// <inheritdoc/>
    public Task<Result<PolicyDefinition>> AttachAsync(TenantId tenant, string role, PolicyDraft draft, long? ifVersion, Caller caller) =>
        replicas.WriteRoleAsync<PolicyDefinition>(tenant, role, caller, async (id, _) =>
        {
            var change = await directory.Role(tenant, id).EditAsync(new RoleEdit.AddPolicy(id, draft, ports.Ids.Next(), ifVersion), caller);
            return !change.IsOk ? change.Error
                : change.Value.Role?.Policies.FirstOrDefault(policy => policy.Id == change.Value.Policy) is { } made ? made
                : Refusals.NoRole(role);
        });

    /// <inheritdoc/>
    public Task<Result<bool>> DetachAsync(TenantId tenant, string role, string policy, long? ifVersion, Caller caller) =>
        replicas.WriteRoleAsync<bool>(tenant, role, caller, async (id, _) =>
            (await directory.Role(tenant, id).EditAsync(new RoleEdit.RemovePolicy(id, policy, ifVersion), caller)).Map(_ => true));

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Explanation>>> TryAsync(TenantId tenant, PolicyDraft draft, IReadOnlyList<TimedRequest> requests) =>
        replicas.WithTenantAsync<IReadOnlyList<Explanation>>(tenant, async model =>
        {
            var tried = PolicyEditor.Try(model.Model, draft, ports.Ids.Next(), ports.Now());
            if (!tried.IsOk)
            {
                return tried.Error;
            }
            var (next, grants, tries) = (model.Update(tried.Value.Model, tried.Value.Touched), new Dictionary<SubjectId, SubjectGrants>(), new PolicyTrial[requests.Count]);
            for (var i = 0; i < tries.Length; i++)
            {
                var (request, at) = (requests[i].Request, requests[i].At);
                if (!grants.TryGetValue(request.Subject, out var held))
                {
                    var read = await directory.Subject(tenant, request.Subject).ReadAsync();
                    if (!read.IsOk)
                    {
                        return read.Error;
                    }
                    grants.Add(request.Subject, held = SubjectGrants.Compile(request.Subject, read.Value, ports.Custom));
                }
                var question = next.UsesEntities ? (await QuestionEntities.LoadAsync(entities, tenant, next, request)).Join(request) : request;
                var rounds = next.UsesOutside || held.UsesOutside ? new OutsideRounds(ports.Outside, at, -ports.Now().UtcTicks) : null;
                tries[i] = new PolicyTrial(next, held, question, at, rounds);
            }
            return await PolicyTrial.RunAsync(tries);
        });
}
