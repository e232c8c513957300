namespace AuthzCluster.Domain.Governance;

/// <summary>
/// A change of the model that is being looked at: what it would have in force holds for all that is given meanwhile, besides what is in force,
/// so that those who were looked at stay as they were found.
/// </summary>
/// <param name="Table">What would be in force.</param>
/// <param name="Since">When the look began.</param>
public sealed record SeparationCheck(SeparationTable Table, DateTimeOffset Since);
