using System.Collections;
using System.Reflection;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.Contracts;

/// <summary>Finds where two values differ, member by member, whatever they think of equality themselves.</summary>
internal static class Deep
{
    public static string? Difference(object? a, object? b, string path = "")
    {
        if (a is null || b is null)
        {
            return a is null && b is null ? null : $"{path}: {a ?? "null"} and {b ?? "null"}";
        }
        switch (a)
        {
            case AttributeValue { Kind: AttributeKind.Number } number when b is AttributeValue { Kind: AttributeKind.Number } other:
                return number.NumberText == other.NumberText ? null : $"{path}: {number.NumberText} and {other.NumberText}";
            case AttributeValue value when b is AttributeValue { } other && value.Kind == other.Kind && value.Kind is AttributeKind.List or AttributeKind.Object:
                return value.Kind == AttributeKind.List ? Difference(value.AsList, ((AttributeValue)b).AsList, path) : Difference(value.AsObject, ((AttributeValue)b).AsObject, path);
            case DateTimeOffset time:
                return b is DateTimeOffset same && time.EqualsExact(same) ? null : $"{path}: {a:O} and {b:O}";
            case AttributeValue or string:
                return a.Equals(b) ? null : $"{path}: {a} and {b}";
            case TenantModel model:
                return model.Roles.Values.OrderBy(role => role.Id.Value, StringComparer.Ordinal).SequenceEqual(
                    ((TenantModel)b).Roles.Values.OrderBy(role => role.Id.Value, StringComparer.Ordinal)) && model.Registered.SequenceEqual(((TenantModel)b).Registered)
                    ? null : $"{path}: another model";
            default:
                if (a.GetType().IsPrimitive || a.GetType().IsEnum || a is TimeSpan)
                {
                    return a.Equals(b) ? null : $"{path}: {a} and {b}";
                }
                break;
        }
        return IsNone(a) || IsNone(b) ? (IsNone(a) == IsNone(b) ? null : $"{path}: one array is none")
            : a is IEnumerable list ? Items(list, b as IEnumerable, path)
            : a.GetType() != b.GetType() ? $"{path}: {a.GetType()} and {b.GetType()}"
            : Members(a, b, path);
    }

    public static bool IsNone(object value) => value.GetType().GetProperty("IsDefault") is { } none && (bool)none.GetValue(value)!;

    private static string? Items(IEnumerable a, IEnumerable? b, string path)
    {
        var (left, right) = (a.Cast<object?>().ToArray(), b?.Cast<object?>().ToArray() ?? []);
        return left.Length != right.Length ? $"{path}: {left.Length} and {right.Length} items"
            : left.Select((item, i) => Difference(item, right[i], $"{path}[{i}]")).FirstOrDefault(found => found is not null);
    }

    private static string? Members(object a, object b, string path) => a.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(member => member.GetIndexParameters().Length == 0 && (member.CanWrite || a.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal) || IsResult(a)))
        .Select(member => Difference(member.GetValue(a), member.GetValue(b), $"{path}.{member.Name}")).FirstOrDefault(found => found is not null);

    private static bool IsResult(object value) => value.GetType().Name.StartsWith("Result", StringComparison.Ordinal);
}
