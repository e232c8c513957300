using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Views;

/// <summary>A tenant without its roles and all that is large: what a caller reads who does not export it.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Packs">Names of the built-in packs, in ordinal order.</param>
/// <param name="Edition">What it may use.</param>
/// <param name="Settings">The settings that were set.</param>
/// <param name="Revision">Of its model; one more with each change of it.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When its model last changed.</param>
public sealed record TenantView(
    TenantId Id, string DisplayName, ImmutableArray<string> Packs, Edition Edition, AttributeBag Settings,
    long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>That of a model.</summary>
    public static TenantView Of(TenantModel model) =>
        new(model.Id, model.DisplayName, model.Packs, model.Edition, model.Settings, model.Revision, model.CreatedAt, model.UpdatedAt);
}
