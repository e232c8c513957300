using System.Globalization;

namespace AuthzCluster.Domain.Attributes;

/// <summary>
/// A property of a subject, a resource or the context. Immutable. Values compare by type and never by coercion:
/// <c>true</c> is not <c>"true"</c>; <c>1</c> equals <c>1.0</c>; strings are ordinal.
/// </summary>
public readonly struct AttributeValue : IEquatable<AttributeValue>
{
    // Beyond every decimal.
    private const double BeyondDecimals = 79228162514264337593543950336d;

    // Reference holds the string, the list, the object, or a boxed double for a number that no decimal holds exactly: so
    // each number has one form.
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

    /// <summary>A number: the one that the shortest text of <paramref name="value"/> says.</summary>
    public static AttributeValue Of(double value) =>
        ExactNumber.TryParse(value.ToString("R", CultureInfo.InvariantCulture), out var exact) ? Of(exact) : new AttributeValue(AttributeKind.Number, value, 0);

    /// <summary>A list.</summary>
    public static AttributeValue Of(params AttributeValue[] values) => new(AttributeKind.List, values, 0);

    /// <summary>An object.</summary>
    public static AttributeValue Of(AttributeBag value) => new(AttributeKind.Object, value, 0);

    /// <summary>Reads a number as JSON writes it: to the last digit where a decimal holds it, else as the nearest double.</summary>
    public static bool TryParseNumber(string text, out AttributeValue value)
    {
        if (ExactNumber.TryParse(text, out var exact))
        {
            value = Of(exact);
            return true;
        }
        var read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wide) && double.IsFinite(wide);
        value = read ? Of(wide) : default;
        return read;
    }

    /// <summary>The number as text, as JSON writes it; throws on another kind.</summary>
    public string NumberText => Kind != AttributeKind.Number ? throw Wrong(AttributeKind.Number)
        : _reference is double wide ? wide.ToString("R", CultureInfo.InvariantCulture)
        : _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number to its last digit; false on another kind, and of a number that no decimal holds exactly.</summary>
    public bool TryGetDecimal(out decimal number)
    {
        number = _number;
        return Kind == AttributeKind.Number && _reference is null;
    }

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
        AttributeKind.Number => _reference is double wide ? wide.GetHashCode() : _number.GetHashCode(),
        AttributeKind.List => AsList.Count,
        AttributeKind.Object => AsObject.Count,
        _ => HashCode.Combine(Kind, _number),
    };

    /// <summary>Equal by type and value.</summary>
    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    /// <summary>Not equal by type and value.</summary>
    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    private static int CompareNumbers(AttributeValue a, AttributeValue b) => (a._reference, b._reference) switch
    {
        (null, null) => a._number.CompareTo(b._number),
        (double left, double right) => left.CompareTo(right),
        (double left, _) => Compare(left, b._number),
        (_, double right) => -Compare(right, a._number),
        _ => 0,
    };

    // What no decimal holds is beyond them all, or too small for their last digit: then the nearest double tells.
    private static int Compare(double wide, decimal exact) =>
        Math.Abs(wide) >= BeyondDecimals ? Math.Sign(wide)
        : wide.CompareTo(double.Parse(exact.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private InvalidOperationException Wrong(AttributeKind wanted) => new($"a {Kind} is no {wanted}");
}
