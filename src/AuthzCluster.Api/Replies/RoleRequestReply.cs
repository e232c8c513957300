using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.Replies;

/// <summary>A request for a role as callers read it.</summary>
internal sealed record RoleRequestReply
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string RoleId { get; init; }

    public required string RoleName { get; init; }

    public required PrincipalBody Principal { get; init; }

    /// <summary>The user's id; null where it is for none.</summary>
    public string? UserId { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Scope { get; init; }

    [JsonConverter(typeof(ConditionsConverter))]
    public required IReadOnlyList<Condition> Conditions { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Duration { get; init; }

    public string? Reason { get; init; }

    public string? Ticket { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Metadata { get; init; }

    public required string RequestedBy { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until then it can be decided.</summary>
    public DateTimeOffset OpenUntil { get; init; }

    public required IReadOnlyList<RequestApprovalReply> Approvals { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Comment { get; init; }

    public string? AssignmentId { get; init; }

    public static RoleRequestReply Of(RoleRequestView view)
    {
        var (request, wish) = (view.Request, view.Request.Wish);
        return new()
        {
            Id = request.Id,
            Status = EnumText.Of(request.Status),
            RoleId = request.Role.Value,
            RoleName = view.RoleName,
            Principal = PrincipalBody.Of(request.Principal),
            UserId = request.Principal.Type == SubjectId.UserType ? request.Principal.Id : null,
            Scope = wish.Scope,
            Conditions = wish.Conditions,
            StartsAt = wish.StartsAt,
            ExpiresAt = wish.ExpiresAt,
            Duration = Durations.Format(request.Duration),
            Reason = wish.Reason,
            Ticket = request.Ticket,
            Metadata = wish.Metadata,
            RequestedBy = request.RequestedBy,
            RequestedAt = request.RequestedAt,
            OpenUntil = request.OpenUntil,
            Approvals = [.. request.Approvals.Select(approval => new RequestApprovalReply(approval.By, approval.At, approval.Comment))],
            DecidedBy = request.DecidedBy,
            DecidedAt = request.DecidedAt,
            Comment = request.Comment,
            AssignmentId = request.AssignmentId,
        };
    }
}
