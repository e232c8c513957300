using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What <c>owner_id</c>, <c>team_id</c> and <c>customer_id</c> say of a question.</summary>
internal static class Ownership
{
    public const string OwnerId = "owner_id", TeamId = "team_id", CustomerId = "customer_id";

    /// <summary>Whether the resource's <c>owner_id</c> is the subject's id.</summary>
    public static bool IsOwner(AccessRequest request) =>
        request.ResourceProperties.TryGet(OwnerId, out var owner) && owner.Kind == AttributeKind.String && owner.AsString == request.Subject.Id;
}
