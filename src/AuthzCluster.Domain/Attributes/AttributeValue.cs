using System.Globalization;

namespace AuthzCluster.Domain.Attributes;

/// <summary>
/// A property of a subject, a resource or the context. Immutable. Values compare by type and never by coercion:
/// <c>true</c> is not <c>"true"</c>; <c>1</c> equals <c>1.0</c>; strings are ordinal.
/// </summary>
public readonly struct AttributeValue : IEquatable<AttributeValue>
{
    // Reference holds the string, the list, the object, or a boxed double for a number that no decimal can hold.
    private readonly object? _reference;
    private readonly decimal _number;

    private AttributeValue(AttributeKind kind, object? reference, decimal number)
    {
        Kind = kind;
        _reference = reference;
        _number = number;
    }

    /// <summary>The type.</summary>
    public AttributeKind Kind { get; }

    /// <summary>null.</summary>
    public static AttributeValue Null => default;

    /// <summary>The string; throws on another kind.</summary>
    public string AsString => Kind == AttributeKind.String ? (string)_reference! : throw Wrong(AttributeKind.String);

    /// <summary>The boolean; throws on another kind.</summary>
    public bool AsBoolean => Kind == AttributeKind.Boolean ? _number != 0 : throw Wrong(AttributeKind.Boolean);

    /// <summary>The list; throws on another kind.</summary>
    public IReadOnlyList<AttributeValue> AsList =>
        Kind == AttributeKind.List ? (AttributeValue[])_reference! : throw Wrong(AttributeKind.List);

    /// <summary>The object; throws on another kind.</summary>
    public AttributeBag AsObject => Kind == AttributeKind.Object ? (AttributeBag)_reference! : throw Wrong(AttributeKind.Object);

    /// <summary>A string.</summary>
    public static AttributeValue Of(string value) => new(AttributeKind.String, value, 0);

    /// <summary>A boolean.</summary>
    public static AttributeValue Of(bool value) => new(AttributeKind.Boolean, null, value ? 1 : 0);

    /// <summary>A number.</summary>
    public static AttributeValue Of(decimal value) => new(AttributeKind.Number, null, value);

    /// <summary>A number; kept as a decimal where one can hold it, so that equal numbers are equal however they were written.</summary>
    public static AttributeValue Of(double value) =>
        double.IsFinite(value) && Math.Abs(value) < 7.9e28 && (value == 0 || Math.Abs(value) > 1e-12)
            ? Of((decimal)value)
            : new AttributeValue(AttributeKind.Number, value, 0);

    /// <summary>A list.</summary>
    public static AttributeValue Of(params AttributeValue[] values) => new(AttributeKind.List, values, 0);

    /// <summary>An object.</summary>
    public static AttributeValue Of(AttributeBag value) => new(AttributeKind.Object, value, 0);

    /// <summary>Reads a number as JSON writes it.</summary>
    public static bool TryParseNumber(string text, out AttributeValue value)
    {
        const NumberStyles style = NumberStyles.Float;
        if (decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var exact)
            && (exact != 0 || !double.TryParse(text, style, CultureInfo.InvariantCulture, out var tiny) || tiny == 0))
        {
            value = Of(exact);
            return true;
        }
        var read = double.TryParse(text, style, CultureInfo.InvariantCulture, out var wide) && double.IsFinite(wide);
        value = new AttributeValue(AttributeKind.Number, wide, 0);
        return read;
    }

    /// <summary>The number as text, as JSON writes it; throws on another kind.</summary>
    public string NumberText => Kind != AttributeKind.Number ? throw Wrong(AttributeKind.Number)
        : _reference is double wide ? wide.ToString("R", CultureInfo.InvariantCulture)
        : _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Orders two numbers, or two strings ordinally; null where the two kinds have no order.</summary>
    public int? CompareTo(AttributeValue other) => (Kind, other.Kind) switch
    {
        (AttributeKind.Number, AttributeKind.Number) => CompareNumbers(this, other),
        (AttributeKind.String, AttributeKind.String) => string.CompareOrdinal(AsString, other.AsString),
        _ => null,
    };

    /// <inheritdoc/>
    public bool Equals(AttributeValue other) => Kind == other.Kind && Kind switch
    {
        AttributeKind.Null => true,
        AttributeKind.Number => CompareNumbers(this, other) == 0,
        AttributeKind.Boolean => _number == other._number,
        AttributeKind.String => string.Equals(AsString, other.AsString, StringComparison.Ordinal),
        AttributeKind.List => AsList.SequenceEqual(other.AsList),
        _ => AsObject.Equals(other.AsObject),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AttributeValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        AttributeKind.String => AsString.GetHashCode(StringComparison.Ordinal),
        AttributeKind.Number => ToDouble().GetHashCode(),
        AttributeKind.List => AsList.Count,
        AttributeKind.Object => AsObject.Count,
        _ => HashCode.Combine(Kind, _number),
    };

    /// <summary>Equal by type and value.</summary>
    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    /// <summary>Not equal by type and value.</summary>
    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    private double ToDouble() => _reference is double wide ? wide : (double)_number;

    private static int CompareNumbers(AttributeValue a, AttributeValue b) =>
        a._reference is null && b._reference is null ? a._number.CompareTo(b._number) : a.ToDouble().CompareTo(b.ToDouble());

    private InvalidOperationException Wrong(AttributeKind wanted) => new($"a {Kind} is no {wanted}");
}
