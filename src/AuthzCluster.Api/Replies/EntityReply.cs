using System.Text.Json.Serialization;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Replies;

/// <summary>A stored entity as callers read it.</summary>
internal sealed record EntityReply(string Type, string Id, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Properties { get; init; }

    public static EntityReply Of(EntityView view) =>
        new(view.Id.Type, view.Id.Id, view.Entity.Revision, view.Entity.CreatedAt, view.Entity.UpdatedAt) { Properties = view.Entity.Properties };
}
