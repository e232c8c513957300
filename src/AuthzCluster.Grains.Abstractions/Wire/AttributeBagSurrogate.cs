using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>Named values on the wire, in their order.</summary>
[GenerateSerializer, Alias("authz.attributes")]
internal struct AttributeBagSurrogate
{
    [Id(0)]
    public string[] Names;

    [Id(1)]
    public AttributeValue[] Values;
}
