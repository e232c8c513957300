using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>To and from the wire.</summary>
[RegisterConverter]
internal sealed class AttributeBagConverter : IConverter<AttributeBag, AttributeBagSurrogate>
{
    public AttributeBag ConvertFromSurrogate(in AttributeBagSurrogate surrogate)
    {
        var entries = new (string, AttributeValue)[surrogate.Names.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = (surrogate.Names[i], surrogate.Values[i]);
        }
        return AttributeBag.Of(entries);
    }

    public AttributeBagSurrogate ConvertToSurrogate(in AttributeBag value)
    {
        var surrogate = new AttributeBagSurrogate { Names = new string[value.Count], Values = new AttributeValue[value.Count] };
        var i = 0;
        foreach (var (name, item) in value)
        {
            (surrogate.Names[i], surrogate.Values[i++]) = (name, item);
        }
        return surrogate;
    }
}
