using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Doors;

/// <summary>What the bearer of a credential may ask in a tenant in which it is valid. Of itself it may ask everything.</summary>
/// <param name="OfOthers">Whether it may ask about others.</param>
/// <param name="Why">Whether it may be told how a decision about others came about.</param>
public sealed record AskingRight(bool OfOthers, bool Why)
{
    /// <summary>The refusal of a question about another; null: it may be asked.</summary>
    /// <param name="why">Whether it is to be told how the decision came about.</param>
    public AuthzError? Check(bool why) =>
        !OfOthers ? new AuthzError(ErrorCode.Forbidden, $"`{Rights.EvaluateExecute}` is needed to ask about others")
        : why && !Why ? new AuthzError(ErrorCode.Forbidden, $"`{Rights.RolesRead}` is needed to be told why")
        : null;
}
