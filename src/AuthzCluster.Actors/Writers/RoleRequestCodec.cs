using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// A request as stored bytes: a version, then a block of what is asked, one of what became of it, and one of the assign under way, which is empty
/// where there is none; later versions can add to the end of each. The bytes of a version stay readable for ever.
/// </summary>
internal static class RoleRequestCodec
{
    private const byte Version = 1;

    public static byte[] Encode(RoleRequestState state)
    {
        var (all, block, request) = (new StateWriter(), new StateWriter(), state.Request);
        all.Byte(Version);
        block.Text(request.Principal.Type);
        block.Text(request.Principal.Id);
        AssignmentCodec.Write(block, [request.Wish]);
        block.Number(request.Duration?.Ticks ?? 0);
        block.Text(request.Ticket);
        block.Time(request.OpenUntil);
        all.Block(block);
        block.Clear();
        block.Byte((byte)request.Status);
        block.Number(request.Approvals.Length);
        foreach (var approval in request.Approvals)
        {
            block.Text(approval.By);
            block.Time(approval.At);
            block.Text(approval.Comment);
        }
        block.Text(request.DecidedBy);
        block.Time(request.DecidedAt ?? request.RequestedAt);
        block.Text(request.Comment);
        block.Text(request.AssignmentId);
        all.Block(block);
        block.Clear();
        if (state.Granting is { } granting)
        {
            Write(block, granting);
        }
        all.Block(block);
        return all.Written.ToArray();
    }

    public static RoleRequestState Decode(ReadOnlySpan<byte> bytes)
    {
        var all = new StateReader(bytes);
        if (all.Byte() is var version and not Version)
        {
            throw new StateFormatException($"a role request's state has format {version}; this version of the software reads format {Version}");
        }
        var what = all.Block();
        var life = all.Block();
        var granting = all.Block();
        var principal = new SubjectId(what.Text(), what.Text());
        var wish = AssignmentCodec.Read(ref what) is [var only] ? only : throw what.Damaged();
        var (duration, ticket, openUntil) = (what.Int64(), what.OptionalText(), what.Time());
        var status = (RequestStatus)life.Byte();
        if (!Enum.IsDefined(status))
        {
            throw life.Damaged();
        }
        var approvals = new RequestApproval[life.Count()];
        for (var i = 0; i < approvals.Length; i++)
        {
            approvals[i] = new RequestApproval(life.Text(), life.Time(), life.OptionalText());
        }
        var (decidedBy, decidedAt) = (life.OptionalText(), life.Time());
        var request = new RoleRequest
        {
            Principal = principal,
            Wish = wish,
            Duration = duration == 0 ? null : TimeSpan.FromTicks(duration),
            Ticket = ticket,
            OpenUntil = openUntil,
            Status = status,
            Approvals = [.. approvals],
            DecidedBy = decidedBy,
            DecidedAt = decidedBy is null ? null : decidedAt,
            Comment = life.OptionalText(),
            AssignmentId = life.OptionalText(),
        };
        return new RoleRequestState(request, granting.IsAtEnd ? null : ReadGranting(ref granting));
    }

    private static void Write(StateWriter to, RequestGranting granting)
    {
        var caller = granting.Caller;
        to.Text(granting.Key);
        to.Time(granting.At);
        to.Text(caller.Principal.Type);
        to.Text(caller.Principal.Id);
        to.Text(caller.RequestId);
        to.Byte((byte)((caller.ReachesSystem ? 1 : 0) | (caller.IsTrusted ? 2 : 0) | (caller.NarrowedTo is null ? 0 : 4) | (caller.Request is null ? 0 : 8)));
        if (caller.NarrowedTo is { } limits)
        {
            to.Number(limits.Count);
            foreach (var limit in limits)
            {
                to.Text(limit.ToString());
            }
        }
        if (caller.Request is { } request)
        {
            to.Text(request.Tenant.Value);
            to.Text(request.Id);
            to.Block(request.Fingerprint.AsSpan());
        }
    }

    private static RequestGranting ReadGranting(ref StateReader from)
    {
        var (key, at) = (from.Text(), from.Time());
        var principal = new SubjectId(from.Text(), from.Text());
        var (requestId, has) = (from.Text(), from.Byte());
        var caller = new Caller(principal, requestId)
        {
            ReachesSystem = (has & 1) != 0,
            IsTrusted = (has & 2) != 0,
            NarrowedTo = (has & 4) != 0 ? ReadLimits(ref from) : null,
            Request = (has & 8) != 0 ? ReadKey(ref from) : null,
        };
        return new RequestGranting(caller, key, at);
    }

    private static ImmutableArray<Permission> ReadLimits(ref StateReader from)
    {
        var limits = new Permission[from.Count()];
        for (var i = 0; i < limits.Length; i++)
        {
            // A limit that cannot be read must not become no limit.
            limits[i] = Permission.TryParse(from.Text(), out var limit, out _) ? limit : throw from.Damaged();
        }
        return [.. limits];
    }

    private static RequestKey ReadKey(ref StateReader from)
    {
        var (tenant, id) = (new TenantId(from.Text()), from.Text());
        var fingerprint = from.Block();
        return new RequestKey(tenant, id, [.. fingerprint.Rest()]);
    }
}
