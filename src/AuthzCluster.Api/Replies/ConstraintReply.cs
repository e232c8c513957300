using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Api.Replies;

/// <summary>A constraint as callers read it, its roles by ids.</summary>
internal sealed record ConstraintReply(string Id, string Name, IReadOnlyList<string> Roles, int Max, DateTimeOffset CreatedAt)
{
    public static ConstraintReply Of(SeparationConstraint constraint) =>
        new(constraint.Id, constraint.Name, [.. constraint.Roles.Select(role => role.Value)], constraint.Max, constraint.CreatedAt);
}
