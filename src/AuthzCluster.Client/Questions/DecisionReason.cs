namespace AuthzCluster.Client;

/// <summary>The codes of <see cref="AccessDecision.Reason"/>. Texts, so that a newer server's codes are not lost.</summary>
public static class DecisionReason
{
    /// <summary>A grant counts and covers.</summary>
    public const string Granted = "granted";

    /// <summary>A policy allows.</summary>
    public const string GrantedByPolicy = "granted_by_policy";

    /// <summary>Nothing is assigned to the subject now.</summary>
    public const string NoAssignment = "no_assignment";

    /// <summary>What is assigned does not cover it.</summary>
    public const string PermissionNotGranted = "permission_not_granted";

    /// <summary>A grant covers it, but its scope or a condition does not hold.</summary>
    public const string NotInScope = "not_in_scope";

    /// <summary>A grant covers what the subject owns, and this is somebody else's.</summary>
    public const string NotOwner = "not_owner";

    /// <summary>A policy denies.</summary>
    public const string DeniedByPolicy = "denied_by_policy";

    /// <summary>A denying policy could not be worked out, and so it holds.</summary>
    public const string PolicyError = "policy_error";

    /// <summary>No trustworthy answer could be given, so it is no. In batches only; elsewhere it is an <see cref="UnavailableException"/>.</summary>
    public const string Unavailable = "unavailable";
}
