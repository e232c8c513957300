using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>Decides edits of a tenant itself. Pure.</summary>
public static class TenantEditor
{
    /// <summary>Makes a tenant, with the pack <c>standard</c> unless the patch says otherwise.</summary>
    public static Result<ModelChange> Create(TenantId id, TenantPatch patch, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (TextRules.IdProblem(id.Value) is { } problem)
        {
            errors.Add(new FieldError("id", problem));
        }
        TenantRules.Check(patch, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var time = Instants.Cut(now);
        var model = Apply(new TenantModel { Id = id, DisplayName = id.Value, CreatedAt = time, UpdatedAt = time }, patch);
        OutsideSettings.CheckWhole(model.Settings, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        return new ModelChange(model, [Tell(AuditActions.TenantCreated, null, model)], [.. model.Catalog.All.Select(role => role.Id)]);
    }

    /// <summary>
    /// Changes a tenant; what the patch leaves out stays. <paramref name="ifVersion"/>: only at that revision. Whether a
    /// subject holds a role of a pack that goes is not known here: the commit is to see to it, by <see cref="ModelChange.Dropped"/>.
    /// </summary>
    public static Result<ModelChange> Update(TenantModel model, TenantPatch patch, long? ifVersion, DateTimeOffset now)
    {
        if (ifVersion is not null && ifVersion != model.Revision)
        {
            return new AuthzError(ErrorCode.PreconditionFailed, $"the tenant `{model.Id}` has version {model.Revision}, not {ifVersion}");
        }
        var errors = new List<FieldError>();
        TenantRules.Check(patch, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var next = Apply(model, patch) with { Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) };
        OutsideSettings.CheckWhole(patch.Settings is null ? AttributeBag.Empty : next.Settings, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        // The rows that say when something is due of somebody were written by the old settings.
        next = Upkeep.Of(next) == Upkeep.Of(model) ? next : next with { Sweeping = next.Revision };
        var samePacks = next.Packs.SequenceEqual(model.Packs);
        if (samePacks && next.DisplayName == model.DisplayName && next.Edition == model.Edition && next.Settings.Equals(model.Settings))
        {
            return ModelChange.None(model);
        }
        return !samePacks && TenantRules.CheckPacks(model, next) is { } refusal
            ? refusal
            : new ModelChange(next, [Tell(AuditActions.TenantUpdated, model, next)], samePacks ? [] : Differing(model, next))
            {
                Dropped = samePacks ? [] : TenantRules.Dropped(model, next),
            };
    }

    /// <summary>Everybody was looked at since <paramref name="revision"/> changed what time does. Where a later one has changed it again, not everybody was.</summary>
    public static Result<ModelChange> Swept(TenantModel model, long revision, DateTimeOffset now) => model.Sweeping == 0 || model.Sweeping != revision
        ? ModelChange.None(model) : new ModelChange(model with { Sweeping = 0, Revision = model.Revision + 1, UpdatedAt = Instants.Cut(now) }, [], []);

    private static TenantModel Apply(TenantModel model, TenantPatch patch) => model with
    {
        DisplayName = patch.DisplayName ?? model.DisplayName,
        Packs = patch.Packs is null ? model.Packs : [.. patch.Packs.Distinct().Order(StringComparer.Ordinal)],
        Edition = patch.Edition ?? model.Edition,
        Settings = patch.Settings is null ? model.Settings
            : AttributeBag.Of(model.Settings.With(patch.Settings).Where(setting => setting.Value.Kind != AttributeKind.Null)),
    };

    private static ImmutableArray<RoleId> Differing(TenantModel old, TenantModel next) =>
        [.. BuiltInPacks.RolesOf(old.Packs).Concat(BuiltInPacks.RolesOf(next.Packs)).Select(role => role.Id).Distinct()
            .Where(id => !Equals(old.Catalog.Find(id), next.Catalog.Find(id)))];

    private static AuditEntry Tell(string action, TenantModel? before, TenantModel after) =>
        new(action, "tenant", after.Id.Value, before is null ? null : Snapshot(before), Snapshot(after));

    private static AttributeBag Snapshot(TenantModel model) => AttributeBag.Of(
        ("id", AttributeValue.Of(model.Id.Value)),
        ("display_name", AttributeValue.Of(model.DisplayName)),
        ("packs", AttributeValue.Of([.. model.Packs.Select(AttributeValue.Of)])),
        ("edition", AttributeValue.Of(model.Edition.Text())),
        ("settings", AttributeValue.Of(model.Settings)),
        ("revision", AttributeValue.Of((decimal)model.Revision)));
}
