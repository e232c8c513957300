using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Governance;

/// <summary>Decides edits of a tenant's constraints. Pure; whether somebody is in conflict with one is for who commits it (<see cref="Tightening"/>).</summary>
public static class ConstraintEditor
{
    /// <summary>What the audit log calls the kind of thing that a constraint is.</summary>
    public const string TargetType = "constraint";

    /// <summary>Makes a constraint. The draft's id wins over <paramref name="newId"/>; one that is taken is <see cref="ErrorCode.InvalidState"/>.</summary>
    public static Result<ModelChange> Create(TenantModel model, ConstraintDraft draft, string newId, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (ConstraintRules.Read(draft, draft.Id ?? newId, role => model.Catalog.Resolve(role)?.Id, "", errors) is not { } read)
        {
            return AuthzError.Invalid(errors);
        }
        if (model.Constraints.ContainsKey(read.Id))
        {
            return new AuthzError(ErrorCode.InvalidState, $"a constraint has the id {TextRules.Quote(read.Id)} already");
        }
        if (model.Constraints.Count >= ConstraintRules.MostOfTenant)
        {
            return new AuthzError(ErrorCode.InvalidState, $"the tenant has {ConstraintRules.MostOfTenant} constraints; more are not possible");
        }
        var made = read with { CreatedAt = Instants.Cut(now) };
        return Next(model, model.Constraints.SetItem(made.Id, made), [Tell(null, made)], now) with { IsNew = true };
    }

    /// <summary>Removes a constraint; <see cref="ErrorCode.NotFound"/> where there is none.</summary>
    public static Result<ModelChange> Delete(TenantModel model, string id, DateTimeOffset now) =>
        Find(model, id).Map(old => Next(model, model.Constraints.Remove(id), [Tell(old, null)], now));

    /// <summary>A constraint of the tenant; <see cref="ErrorCode.NotFound"/>.</summary>
    public static Result<SeparationConstraint> Find(TenantModel model, string id) => model.Constraints.TryGetValue(id, out var found)
        ? found : new AuthzError(ErrorCode.NotFound, $"there is no constraint {TextRules.Quote(id)}");

    /// <summary>The constraints when a role is no more: without it, and without those that allow all of what is left.</summary>
    internal static ImmutableSortedDictionary<string, SeparationConstraint> Without(TenantModel model, RoleId role, ImmutableArray<AuditEntry>.Builder audit)
    {
        var constraints = model.Constraints;
        foreach (var old in model.Constraints.Values.Where(constraint => constraint.Roles.Contains(role)))
        {
            var left = old with { Roles = old.Roles.Remove(role) };
            var stays = left.Roles.Length > left.Max;
            constraints = stays ? constraints.SetItem(old.Id, left) : constraints.Remove(old.Id);
            audit.Add(Tell(old, stays ? left : null));
        }
        return constraints;
    }

    /// <summary>What the audit log is told of a constraint that was made, changed or removed.</summary>
    internal static AuditEntry Tell(SeparationConstraint? before, SeparationConstraint? after) => new(
        before is null ? AuditActions.ConstraintCreated : after is null ? AuditActions.ConstraintDeleted : AuditActions.ConstraintUpdated,
        TargetType, (after ?? before)!.Id, Snapshot(before), Snapshot(after));

    private static ModelChange Next(
        TenantModel model, ImmutableSortedDictionary<string, SeparationConstraint> constraints, ImmutableArray<AuditEntry> audit, DateTimeOffset now) =>
        new(model with { Constraints = constraints, Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) }, audit, []);

    private static AttributeBag? Snapshot(SeparationConstraint? constraint) => constraint is null ? null : AttributeBag.Of(
        ("id", AttributeValue.Of(constraint.Id)),
        ("name", AttributeValue.Of(constraint.Name)),
        ("roles", AttributeValue.Of([.. constraint.Roles.Select(role => AttributeValue.Of(role.Value))])),
        ("max", AttributeValue.Of((decimal)constraint.Max)));
}
