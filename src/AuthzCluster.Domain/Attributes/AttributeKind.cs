namespace AuthzCluster.Domain.Attributes;

/// <summary>The type of an <see cref="AttributeValue"/>: those of JSON.</summary>
public enum AttributeKind : byte
{
    /// <summary>null.</summary>
    Null,
    /// <summary>true or false.</summary>
    Boolean,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A string.</summary>
    String,
    /// <summary>A list of values.</summary>
    List,
    /// <summary>Named values.</summary>
    Object,
}
