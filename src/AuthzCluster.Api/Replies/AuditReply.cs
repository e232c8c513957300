using System.Text.Json.Serialization;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.Replies;

/// <summary>An audit record as callers read it.</summary>
internal sealed record AuditReply(
    long Sequence, string Id, DateTimeOffset Time, string Action, string Actor, PrincipalBody Target,
    string? Reason, string? RequestId, string PreviousHash, string Hash)
{
    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Before { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? After { get; init; }

    /// <summary>Whether a record tells of a policy.</summary>
    public static bool IsOfPolicy(AuditRecord record) => record.Entry.TargetType == PolicyEditor.TargetType;

    /// <summary>Of a policy, where the caller may not see what it says, which it is and no more.</summary>
    public static AuditReply Of(AuditRecord record, bool showsPolicies) => new(
        record.Sequence, record.Id, record.Time, record.Entry.Action, record.Actor,
        new PrincipalBody { Type = record.Entry.TargetType, Id = record.Entry.TargetId },
        record.Entry.Reason, record.RequestId, record.PreviousHash, record.Hash)
    {
        Before = Shown(record.Entry.Before, showsPolicies || !IsOfPolicy(record)),
        After = Shown(record.Entry.After, showsPolicies || !IsOfPolicy(record)),
    };

    private static AttributeBag? Shown(AttributeBag? told, bool whole) =>
        whole || told is null ? told : AttributeBag.Of(told.Where(member => member.Key is "id" or "role_id" or "version"));
}
