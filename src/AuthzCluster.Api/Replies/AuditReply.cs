using System.Text.Json.Serialization;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;

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

    public static AuditReply Of(AuditRecord record) => new(
        record.Sequence, record.Id, record.Time, record.Entry.Action, record.Actor,
        new PrincipalBody { Type = record.Entry.TargetType, Id = record.Entry.TargetId },
        record.Entry.Reason, record.RequestId, record.PreviousHash, record.Hash)
    {
        Before = record.Entry.Before,
        After = record.Entry.After,
    };
}
