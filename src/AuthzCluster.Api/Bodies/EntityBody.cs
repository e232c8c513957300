using System.Text.Json.Serialization;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>An entity to store: of a PUT, whose path names it, and of a row of an import, which names it itself.</summary>
internal sealed record EntityBody
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public string? TenantId { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Properties { get; init; }

    /// <summary>The properties of a PUT; what the body says besides must be the path's.</summary>
    public AttributeBag ToProperties(EntityId path, TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, "", tenant, errors);
        if (Type is not null && Type != path.Type)
        {
            errors.Add(new FieldError("type", "is not the type of this path"));
        }
        if (Id is not null && Id != path.Id)
        {
            errors.Add(new FieldError("id", "is not the entity of this path"));
        }
        return Properties ?? AttributeBag.Empty;
    }

    /// <summary>What one row means.</summary>
    public EntityRow ToRow(string path, TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, path, tenant, errors);
        if (Ids.TypeFault(Type) is { } fault)
        {
            errors.Add(new FieldError($"{path}type", fault));
        }
        Ids.Check(Id, $"{path}id", errors);
        return new EntityRow(new EntityId(Type ?? "", Id ?? ""), Properties ?? AttributeBag.Empty);
    }
}
