using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>A tenant to make or to change.</summary>
internal sealed record TenantBody
{
    public string? Id { get; init; }

    public string? DisplayName { get; init; }

    public IReadOnlyList<string>? Packs { get; init; }

    public string? Edition { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Settings { get; init; }

    public TenantPatch ToPatch(List<FieldError> errors)
    {
        Edition? edition = null;
        if (Edition is not null)
        {
            edition = EnumText.TryParse<Edition>(Edition, out var known) ? known : null;
            if (edition is null)
            {
                errors.Add(new FieldError("edition", "must be `core`, `writer_pro`, `teams` or `enterprise`"));
            }
        }
        return new TenantPatch { DisplayName = DisplayName, Packs = Packs, Edition = edition, Settings = Settings };
    }
}
