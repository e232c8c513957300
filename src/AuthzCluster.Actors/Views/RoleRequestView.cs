using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Actors.Views;

/// <summary>A request as callers see it.</summary>
/// <param name="Request">What is stored.</param>
/// <param name="RoleName">The role's name; its id where the role is no more.</param>
public sealed record RoleRequestView(RoleRequest Request, string RoleName);
