using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Actors.Views;

namespace AuthzCluster.Api.Replies;

/// <summary>A tenant as callers read it.</summary>
internal sealed record TenantReply(
    string Id, string DisplayName, IReadOnlyList<string> Packs, string Edition, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Settings { get; init; }

    public static TenantReply Of(TenantView tenant) =>
        new(tenant.Id.Value, tenant.DisplayName, tenant.Packs, EnumText.Of(tenant.Edition), tenant.Revision, tenant.CreatedAt, tenant.UpdatedAt)
        {
            Settings = tenant.Settings,
        };
}
