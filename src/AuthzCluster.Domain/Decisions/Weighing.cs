using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Weighs one grant against one question at an instant, its own start and end aside.</summary>
internal readonly ref struct Weighing(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, RequiredKeys keys, long now)
{
    private readonly RequiredKeys _keys = keys;

    /// <summary>What the grant comes to: granted, or how near it came.</summary>
    public DecisionReason Weigh(in BoundGrant grant, out Permission? matched)
    {
        if (grant.Role.HasConditions)
        {
            return WeighConditional(grant, out matched);
        }
        var covers = false;
        var own = false;
        matched = null;
        foreach (var permission in grant.Role.Certain.Match(_keys))
        {
            if (ScopeRule.Counts(permission.Scope, request, grants, grant.Assignment))
            {
                matched = permission;
                break;
            }
            Note(permission, ref covers, ref own);
        }
        return Conclude(grant, ref matched, covers, own);
    }

    private DecisionReason WeighConditional(in BoundGrant grant, out Permission? matched)
    {
        var covers = false;
        var own = false;
        matched = null;
        if (!grant.Role.Possible.Match(_keys).MoveNext())
        {
            return DecisionReason.PermissionNotGranted;
        }
        var holding = new ConditionalMatches(request, now, tenant.Table).Of(grant.Role);
        var possible = false;
        foreach (var permission in grant.Role.Possible.Match(_keys))
        {
            if (!holding.Contains(permission))
            {
                possible |= !request.HasExplicitScope || permission.Scope >= request.Permission.Scope;
                continue;
            }
            if (ScopeRule.Counts(permission.Scope, request, grants, grant.Assignment))
            {
                matched = permission;
                break;
            }
            Note(permission, ref covers, ref own);
        }
        var reason = Conclude(grant, ref matched, covers, own);
        return reason == DecisionReason.PermissionNotGranted && possible ? DecisionReason.NotInScope : reason;
    }

    // An explicit scope that a grant is not broad enough for is no near miss: the grant does not cover.
    private void Note(Permission permission, ref bool covers, ref bool own)
    {
        covers |= !request.HasExplicitScope;
        own |= permission.Scope == PermissionScope.Own;
    }

    private DecisionReason Conclude(in BoundGrant grant, ref Permission? matched, bool covers, bool own)
    {
        if (matched is null && !covers)
        {
            return DecisionReason.PermissionNotGranted;
        }
        if (!grant.Assignment.Applies(request, now))
        {
            matched = null;
            return DecisionReason.NotInScope;
        }
        return matched is not null ? DecisionReason.Granted : own ? DecisionReason.NotOwner : DecisionReason.NotInScope;
    }
}
