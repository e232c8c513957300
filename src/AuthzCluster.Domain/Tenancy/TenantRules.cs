using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>What a tenant's own data may be.</summary>
internal static class TenantRules
{
    private const int LongestDisplayName = 1_000, LongestSettings = 16 * 1024;

    public static void Check(TenantPatch patch, List<FieldError> errors)
    {
        if (patch.DisplayName is not null
            && (string.IsNullOrWhiteSpace(patch.DisplayName) ? "must not be blank" : TextRules.TextProblem(patch.DisplayName, LongestDisplayName)) is { } problem)
        {
            errors.Add(new FieldError("display_name", problem));
        }
        for (var i = 0; i < (patch.Packs?.Count ?? 0); i++)
        {
            if (!BuiltInPacks.Names.Contains(patch.Packs![i]))
            {
                errors.Add(new FieldError($"packs[{i}]", $"there is no pack {TextRules.Quote(patch.Packs[i] ?? "")}"));
            }
        }
        if (patch.Settings is not null)
        {
            AttributeRules.Check(patch.Settings, "settings", LongestSettings, errors);
            foreach (var (name, value) in patch.Settings)
            {
                if (name == OutsideSettings.Opa && value.Kind != AttributeKind.Null)
                {
                    OutsideSettings.Check(value, $"settings.{name}", errors);
                }
                else if (SettingProblem(name, value) is { } wrong)
                {
                    errors.Add(new FieldError($"settings.{name}", wrong));
                }
            }
        }
    }

    /// <summary>The refusal of a change of packs; null: it may be.</summary>
    public static AuthzError? CheckPacks(TenantModel old, TenantModel next)
    {
        if (old.Id == TenantId.System && !next.Packs.Contains(StandardPack.Name))
        {
            // Its super_admin administers everything; without it nobody could bring it back.
            return new AuthzError(ErrorCode.InvalidState, $"the tenant `{old.Id}` keeps the pack `{StandardPack.Name}`");
        }
        var had = Ids(old.Packs);
        foreach (var role in BuiltInPacks.RolesOf(next.Packs).Where(role => !had.Contains(role.Id)))
        {
            var custom = old.Catalog.FindByName(role.Name) ?? old.Catalog.FindByName(role.Id.Value)
                ?? old.Roles.GetValueOrDefault(role.Id) ?? old.Roles.GetValueOrDefault(new RoleId(role.Name));
            if (custom is not null)
            {
                return new AuthzError(ErrorCode.InvalidState, $"the role `{custom.Name}` has the name or id of the pack's role `{role.Name}`");
            }
        }
        if (BuiltInPacks.PoliciesOf(next.Packs).Except(BuiltInPacks.PoliciesOf(old.Packs))
            .FirstOrDefault(policy => old.Policies.ContainsKey(policy.Id) || old.Ledger.HolderOf(policy.Id) is not null) is { } taken)
        {
            return new AuthzError(ErrorCode.InvalidState, $"a policy has the id `{taken.Id}` of the pack's policy");
        }
        foreach (var gone in Dropped(old, next))
        {
            var name = old.Catalog.Find(gone)!.Name;
            if (old.Roles.Values.FirstOrDefault(role => role.Parents.Any(edge => edge.Parent == gone)) is { } child)
            {
                return new AuthzError(ErrorCode.InvalidState, $"the pack's role `{name}` is a parent of `{child.Name}`");
            }
            if (old.TeamGrants.FirstOrDefault(team => team.Value.Any(grant => grant.Role == gone)).Key is { } holder)
            {
                return new AuthzError(ErrorCode.RoleInUse, $"the pack's role `{name}` is assigned to the team `{holder}`");
            }
        }
        // A role that two packs name has more above it with both than with one.
        return HierarchyPass.Over(next.Catalog.All).FindProblem();
    }

    /// <summary>The built-in roles that the later model does not have any more.</summary>
    public static ImmutableArray<RoleId> Dropped(TenantModel old, TenantModel next) => [.. Ids(old.Packs).Except(Ids(next.Packs))];

    private static HashSet<RoleId> Ids(ImmutableArray<string> packs) => [.. BuiltInPacks.RolesOf(packs).Select(role => role.Id)];

    private static string? SettingProblem(string name, AttributeValue value) => (name, value.Kind) switch
    {
        (_, AttributeKind.Null) when IsSetting(name) => null,
        (StrictPermissions.Setting or "require_known_subjects", var kind) => kind == AttributeKind.Boolean ? null : "must be true or false",
        (OutsideSettings.Engine, _) => OneOf(value, "local", OutsideSettings.Opa),
        ("decision_log", _) => OneOf(value, "off", "sampled", "all"),
        ("remind_before", var kind) => kind == AttributeKind.String ? null : "must be a string",
        ("retention_days", var kind) => kind == AttributeKind.Number && value.CompareTo(AttributeValue.Of(0m)) > 0 ? null : "must be a number above 0",
        _ => "there is no such setting",
    };

    private static bool IsSetting(string name) =>
        name is StrictPermissions.Setting or "require_known_subjects" or OutsideSettings.Engine or OutsideSettings.Opa or "decision_log" or "remind_before" or "retention_days";

    private static string? OneOf(AttributeValue value, params ReadOnlySpan<string> known) =>
        value.Kind == AttributeKind.String && known.Contains(value.AsString) ? null : $"must be one of {string.Join(", ", known)}";
}
