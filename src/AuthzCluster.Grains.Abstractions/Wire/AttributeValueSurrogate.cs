using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A value on the wire.</summary>
[GenerateSerializer, Alias("authz.attribute")]
internal struct AttributeValueSurrogate
{
    [Id(0)]
    public AttributeKind Kind;

    /// <summary>A string, or a number as JSON writes it.</summary>
    [Id(1)]
    public string? Text;

    [Id(2)]
    public bool Boolean;

    [Id(3)]
    public AttributeValue[]? List;

    [Id(4)]
    public AttributeBag? Object;
}
