using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.State;

/// <summary>What a role says of requests, in stored form: a block, so that later members can stand at its end.</summary>
internal static class RequestPolicyCodec
{
    private const byte ReasonFlag = 1, TicketFlag = 2;

    public static void Write(StateWriter to, RequestPolicy policy)
    {
        var block = new StateWriter();
        block.Texts(policy.Requesters);
        block.Texts(policy.Approvers);
        block.Number(policy.Approvals);
        block.Number(policy.MaxDuration?.Ticks ?? 0);
        block.Byte((byte)((policy.RequireReason ? ReasonFlag : 0) | (policy.RequireTicket ? TicketFlag : 0)));
        to.Block(block);
    }

    public static RequestPolicy Read(ref StateReader from)
    {
        var block = from.Block();
        var (requesters, approvers) = (block.Texts(), block.Texts());
        var (approvals, longest, flags) = (block.Int32(), block.Int64(), block.Byte());
        return new RequestPolicy
        {
            Requesters = requesters,
            Approvers = approvers,
            Approvals = approvals,
            MaxDuration = longest == 0 ? null : TimeSpan.FromTicks(longest),
            RequireReason = (flags & ReasonFlag) != 0,
            RequireTicket = (flags & TicketFlag) != 0,
        };
    }
}
