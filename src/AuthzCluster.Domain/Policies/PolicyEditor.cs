using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Policies;

/// <summary>Decides edits of one policy of a tenant. Pure: the model that is given stays as it is.</summary>
public static partial class PolicyEditor
{
    /// <summary>What the audit log calls the kind of thing that a policy is.</summary>
    public const string TargetType = "policy";

    /// <summary>Makes a policy. The draft's id wins over <paramref name="newId"/>; one that is taken is <see cref="ErrorCode.InvalidState"/>.</summary>
    public static Result<ModelChange> Create(TenantModel model, PolicyDraft draft, string newId, DateTimeOffset now) =>
        Read(model, draft, draft.Id ?? newId).Then<ModelChange>(policy =>
            FindTaken(model, policy.Id) is { } taken ? taken
            : model.Policies.Count >= PolicyRules.MostOfTenant
                ? new AuthzError(ErrorCode.InvalidState, $"the tenant has {PolicyRules.MostOfTenant} policies; more are not possible")
            : Save(model, null, policy, now));

    /// <summary>Replaces a policy; what the draft leaves out takes its default. <paramref name="ifVersion"/>: only that version.</summary>
    public static Result<ModelChange> Replace(TenantModel model, string id, PolicyDraft draft, long? ifVersion, DateTimeOffset now) =>
        FindEditable(model, id, ifVersion).Then<ModelChange>(old =>
            draft.Id is not null && draft.Id != id
                ? AuthzError.Invalid("id", "an id never changes")
                : Read(model, draft, id).Then(policy => policy.HasSameContent(old) ? ModelChange.None(model) : Save(model, old, policy, now)));

    /// <summary>Removes a policy. <paramref name="ifVersion"/>: only that version.</summary>
    public static Result<ModelChange> Delete(TenantModel model, string id, long? ifVersion, DateTimeOffset now) =>
        FindEditable(model, id, ifVersion).Map(old =>
            new ModelChange(Next(model, id, null, now), [Tell(AuditActions.PolicyDeleted, old, null, null)], []));

    /// <summary>A policy of the tenant or of its packs; <see cref="ErrorCode.PolicyNotFound"/>.</summary>
    public static Result<PolicyDefinition> Find(TenantModel model, string id) =>
        (model.Policies.GetValueOrDefault(id) ?? BuiltInPacks.PoliciesOf(model.Packs).FirstOrDefault(policy => policy.Id == id)) is { } found ? found : NotFound(id);

    /// <summary>
    /// The model as it would be with a policy, for trying it: added to those of the tenant, or in place of the one that has its id, be it the tenant's, a
    /// role's (to whose holders it then applies) or a pack's. Never to be stored.
    /// </summary>
    public static Result<ModelChange> Try(TenantModel model, PolicyDraft draft, string newId, DateTimeOffset now) =>
        Read(model, draft, draft.Id ?? newId).Map(policy =>
        {
            var tried = Stamp(null, policy, now);
            if (model.Ledger.HolderOf(tried.Id) is not { } role)
            {
                return new ModelChange(model.WithPolicies(new Dictionary<string, PolicyDefinition?> { [tried.Id] = tried }), [], []);
            }
            var holder = model.Roles[role];
            holder = holder with { Policies = [.. holder.Policies.Select(one => one.Id == tried.Id ? tried : one)] };
            return new ModelChange(model.WithRoles(model.Roles.SetItem(role, holder), [role], now) with { Revision = model.Revision, UpdatedAt = model.UpdatedAt }, [], [role]);
        });

    /// <summary>What the audit log is told of a policy that was made, changed or removed.</summary>
    internal static AuditEntry Tell(string action, PolicyDefinition? before, PolicyDefinition? after, RoleDefinition? role) =>
        new(action, TargetType, (after ?? before)!.Id, PolicySnapshot.Of(before, role), PolicySnapshot.Of(after, role));

    /// <summary>The refusal of an id that a policy has already, wherever; null: it is free.</summary>
    internal static AuthzError? FindTaken(TenantModel model, string id, RoleId? besides = null)
    {
        var isTaken = model.Policies.ContainsKey(id) || BuiltInPacks.PoliciesOf(model.Packs).Any(policy => policy.Id == id)
            || (model.Ledger.HolderOf(id) is { } role && role != besides);
        return isTaken ? new AuthzError(ErrorCode.InvalidState, $"a policy has the id {TextRules.Quote(id)} already") : null;
    }

    private static Result<PolicyDefinition> FindEditable(TenantModel model, string id, long? ifVersion) =>
        BuiltInPacks.PoliciesOf(model.Packs).Any(policy => policy.Id == id)
            ? new AuthzError(ErrorCode.InvalidState, $"the built-in policy {TextRules.Quote(id)} cannot be changed")
        : model.Policies.GetValueOrDefault(id) is not { } found ? NotFound(id)
        : ifVersion is not null && ifVersion != found.Version
            ? new AuthzError(ErrorCode.PreconditionFailed, $"the policy {TextRules.Quote(id)} has version {found.Version}, not {ifVersion}")
        : found;

    private static Result<PolicyDefinition> Read(TenantModel model, PolicyDraft draft, string id)
    {
        var errors = new List<FieldError>();
        var policy = PolicyRules.Read(draft, id, "", errors, model.Custom);
        return policy is null ? AuthzError.Invalid(errors) : policy;
    }

    private static Result<ModelChange> Save(TenantModel model, PolicyDefinition? old, PolicyDefinition edited, DateTimeOffset now)
    {
        var policy = Stamp(old, edited, now);
        return PolicyRules.Bound(model, new ModelChange(Next(model, policy.Id, policy, now),
            [Tell(old is null ? AuditActions.PolicyCreated : AuditActions.PolicyUpdated, old, policy, null)], []) { IsNew = old is null });
    }

    /// <summary>An edited policy with the version and the times that follow those of the old one; null: it is new.</summary>
    internal static PolicyDefinition Stamp(PolicyDefinition? old, PolicyDefinition edited, DateTimeOffset now)
    {
        var time = Instants.Cut(now);
        return edited with { Version = (old?.Version ?? 0) + 1, CreatedAt = old?.CreatedAt ?? time, UpdatedAt = time };
    }

    private static AuthzError NotFound(string id) => new(ErrorCode.PolicyNotFound, $"there is no policy {TextRules.Quote(id)}");

    private static TenantModel Next(TenantModel model, string id, PolicyDefinition? policy, DateTimeOffset now) =>
        model.WithPolicies(new Dictionary<string, PolicyDefinition?> { [id] = policy }) with { Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) };
}
