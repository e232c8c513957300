using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Actors.Writers;

/// <summary>All that is stored of a request.</summary>
/// <param name="Request">What is told of it.</param>
/// <param name="Granting">Set while the role is being given: then it is pending still, with all of its approvals.</param>
internal sealed record RoleRequestState(RoleRequest Request, RequestGranting? Granting = null);
