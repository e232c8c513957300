namespace AuthzCluster.Api.AuthZen;

/// <summary>Where the answers to a batch end; the values of <c>options.evaluations_semantic</c>.</summary>
internal enum BatchSemantic
{
    /// <summary>After the last.</summary>
    ExecuteAll,
    /// <summary>After the first that is denied.</summary>
    DenyOnFirstDeny,
    /// <summary>After the first that is allowed.</summary>
    PermitOnFirstPermit,
}
