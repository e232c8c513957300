using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Writers;

/// <summary>Who is behind an approval: that it takes two is not got round by making keys.</summary>
public partial class RoleRequestActor
{
    private async Task<RequestParties> PartiesAsync(RoleRequest request, Caller caller)
    {
        var (behind, principal) = (await BehindAsync(caller.Principal), request.Principal);
        return new(
            behind, await BehindAsync(SubjectId.Parse(request.RequestedBy)),
            principal.IsTeam ? await InTeamAsync(principal.Id, behind.Remove(caller.Principal)) : await BehindAsync(principal));
    }

    /// <summary>The refusal of an approval by somebody who is behind one before it.</summary>
    private async Task<AuthzError?> CheckOthersAsync(RoleRequest request, ImmutableHashSet<SubjectId> caller)
    {
        foreach (var approval in request.Approvals)
        {
            if ((await BehindAsync(SubjectId.Parse(approval.By))).Overlaps(caller))
            {
                return new AuthzError(ErrorCode.InvalidState, $"`{approval.By}` has approved the request `{request.Id}` already; another has to");
            }
        }
        return null;
    }

    // The role may have been made harder to get since it was asked for.
    private async Task<AuthzError?> CheckStillAsync(RoleRequest request, RoleDefinition role, CompiledTenant model, Caller caller)
    {
        if (request.Principal.IsTeam || role.RequestPolicy is not { Requesters.IsEmpty: false })
        {
            return RequestGuard.CheckStill(request, role, null, Ports.Now());
        }
        var others = await _rights.ReadAsync(model, new Caller(request.Principal, caller.RequestId));
        return others.Error ?? RequestGuard.CheckStill(request, role, others.Value!, Ports.Now());
    }

    // The installation's own key makes those of others.
    private async Task<ImmutableHashSet<SubjectId>> BehindAsync(SubjectId subject)
    {
        var (behind, next) = (ImmutableHashSet.CreateBuilder<SubjectId>(), new Stack<SubjectId>([subject]));
        while (next.TryPop(out var one))
        {
            if (behind.Add(one) && new ApiKeyId(one.Id) is var own && own.Subject == one && await Ports.Store.ReadAsync(ActorKey.Of(own)) is { } stored)
            {
                var key = Ports.Decode(stored.Key, () => ApiKeyCodec.Decode(stored.State)).Key;
                foreach (var owner in key.RotatedBy.Append(key.CreatedBy).Select(SubjectId.Parse).Where(owner => owner != ApiKeyId.Admin.Subject))
                {
                    next.Push(owner);
                }
            }
        }
        return behind.ToImmutable();
    }

    private async Task<ImmutableHashSet<SubjectId>> InTeamAsync(string team, IEnumerable<SubjectId> subjects)
    {
        var states = await Ports.Store.ReadManyAsync([.. subjects.Select(subject => ActorKey.Of(_tenant, subject))]);
        return [.. states.Where(stored => Ports.Decode(stored.Key, () => SubjectCodec.Decode(stored.State)).Teams.Contains(team)).Select(stored => stored.Key.Subject)];
    }
}
