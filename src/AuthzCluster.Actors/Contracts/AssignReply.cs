using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Actors.Contracts;

/// <summary>What an assignment did.</summary>
/// <param name="Assignment">What is stored now.</param>
/// <param name="Status">Whether it was made, changed, or so already.</param>
public sealed record AssignReply(Assignment Assignment, RowStatus Status);
