using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.State;

/// <summary>Assignments in stored form: each a block, so that later members can stand at its end.</summary>
internal static class AssignmentCodec
{
    // Stored: never renumber.
    [Flags]
    private enum Has
    {
        Scope = 1, Conditions = 2, StartsAt = 4, ExpiresAt = 8, Suspended = 16, RevokedAt = 32, Reason = 64, Metadata = 128,
        Approval = 256, Reminded = 1024,
    }

    public static void Write(StateWriter to, ImmutableArray<Assignment> assignments)
    {
        to.Number(assignments.Length);
        var block = new StateWriter();
        foreach (var assignment in assignments)
        {
            block.Clear();
            Write(block, assignment);
            to.Block(block);
        }
    }

    public static ImmutableArray<Assignment> Read(ref StateReader from)
    {
        var assignments = new Assignment[from.Count()];
        for (var i = 0; i < assignments.Length; i++)
        {
            assignments[i] = ReadOne(from.Block());
        }
        return [.. assignments];
    }

    private static void Write(StateWriter to, Assignment assignment)
    {
        var has = (assignment.Scope.Count > 0 ? Has.Scope : 0)
            | (assignment.Conditions.IsEmpty ? 0 : Has.Conditions)
            | (assignment.StartsAt is null ? 0 : Has.StartsAt)
            | (assignment.ExpiresAt is null ? 0 : Has.ExpiresAt)
            | (assignment.IsSuspended ? Has.Suspended : 0)
            | (assignment.RevokedAt is null ? 0 : Has.RevokedAt)
            | (assignment.Reason is null ? 0 : Has.Reason)
            | (assignment.Metadata.Count > 0 ? Has.Metadata : 0)
            | (assignment.Approval is null ? 0 : Has.Approval)
            | (assignment.RemindedOf is null ? 0 : Has.Reminded);
        to.Number((int)has);
        to.Text(assignment.Id);
        to.Text(assignment.Role.Value);
        to.Text(assignment.GrantedBy);
        to.Time(assignment.GrantedAt);
        if (has.HasFlag(Has.Scope))
        {
            ValueCodec.Write(to, assignment.Scope);
        }
        if (has.HasFlag(Has.Conditions))
        {
            ValueCodec.Write(to, assignment.Conditions);
        }
        foreach (var time in (ReadOnlySpan<DateTimeOffset?>)[assignment.StartsAt, assignment.ExpiresAt, assignment.RevokedAt])
        {
            if (time is { } some)
            {
                to.Time(some);
            }
        }
        if (has.HasFlag(Has.Reason))
        {
            to.Text(assignment.Reason);
        }
        if (has.HasFlag(Has.Metadata))
        {
            ValueCodec.Write(to, assignment.Metadata);
        }
        if (assignment.Approval is { } approval)
        {
            Write(to, approval);
        }
        if (assignment.RemindedOf is { } reminded)
        {
            to.Time(reminded);
        }
    }

    private static void Write(StateWriter to, AssignmentApproval approval)
    {
        to.Text(approval.Request);
        to.Text(approval.RequestedBy);
        to.Time(approval.ApprovedAt);
        to.Text(approval.Ticket);
        to.Number(approval.ApprovedBy.Length);
        foreach (var approver in approval.ApprovedBy)
        {
            to.Text(approver);
        }
    }

    private static AssignmentApproval ReadApproval(ref StateReader from)
    {
        var (request, requestedBy, approvedAt, ticket) = (from.Text(), from.Text(), from.Time(), from.OptionalText());
        var approvers = new string[from.Count()];
        for (var i = 0; i < approvers.Length; i++)
        {
            approvers[i] = from.Text();
        }
        return new AssignmentApproval(request, requestedBy, [.. approvers], approvedAt) { Ticket = ticket };
    }

    // Initializers run in the order in which they are written here: that of the bytes.
    private static Assignment ReadOne(StateReader from)
    {
        var has = (Has)from.Int32();
        return new Assignment
        {
            Id = from.Text(),
            Role = new RoleId(from.Text()),
            GrantedBy = from.Text(),
            GrantedAt = from.Time(),
            Scope = has.HasFlag(Has.Scope) ? ValueCodec.ReadBag(ref from) : AttributeBag.Empty,
            Conditions = has.HasFlag(Has.Conditions) ? ValueCodec.ReadConditions(ref from) : [],
            StartsAt = has.HasFlag(Has.StartsAt) ? from.Time() : null,
            ExpiresAt = has.HasFlag(Has.ExpiresAt) ? from.Time() : null,
            RevokedAt = has.HasFlag(Has.RevokedAt) ? from.Time() : null,
            IsSuspended = has.HasFlag(Has.Suspended),
            Reason = has.HasFlag(Has.Reason) ? from.Text() : null,
            Metadata = has.HasFlag(Has.Metadata) ? ValueCodec.ReadBag(ref from) : AttributeBag.Empty,
            Approval = has.HasFlag(Has.Approval) ? ReadApproval(ref from) : null,
            RemindedOf = has.HasFlag(Has.Reminded) ? from.Time() : null,
        };
    }
}
