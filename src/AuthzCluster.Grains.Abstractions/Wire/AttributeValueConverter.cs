using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>To and from the wire.</summary>
[RegisterConverter]
internal sealed class AttributeValueConverter : IConverter<AttributeValue, AttributeValueSurrogate>
{
    public AttributeValue ConvertFromSurrogate(in AttributeValueSurrogate surrogate) => surrogate.Kind switch
    {
        AttributeKind.Boolean => AttributeValue.Of(surrogate.Boolean),
        AttributeKind.Number when AttributeValue.TryParseNumber(surrogate.Text!, out var number) => number,
        AttributeKind.String => AttributeValue.Of(surrogate.Text!),
        AttributeKind.List => AttributeValue.Of(surrogate.List!),
        AttributeKind.Object => AttributeValue.Of(surrogate.Object!),
        AttributeKind.Null => AttributeValue.Null,
        _ => throw new FormatException($"no value is a {surrogate.Kind} `{surrogate.Text}`"),
    };

    public AttributeValueSurrogate ConvertToSurrogate(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.Boolean => new() { Kind = value.Kind, Boolean = value.AsBoolean },
        AttributeKind.Number => new() { Kind = value.Kind, Text = value.NumberText },
        AttributeKind.String => new() { Kind = value.Kind, Text = value.AsString },
        AttributeKind.List => new() { Kind = value.Kind, List = [.. value.AsList] },
        AttributeKind.Object => new() { Kind = value.Kind, Object = value.AsObject },
        _ => new() { Kind = AttributeKind.Null },
    };
}
