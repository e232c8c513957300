using System.Collections.Immutable;
using System.Reflection;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Tests.State;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.Contracts;

/// <summary>Random values of any type of the contracts, with every member set.</summary>
internal sealed class Samples(Random random)
{
    private static readonly MethodInfo ArrayOf = typeof(ImmutableArray).GetMethods().Single(method =>
        method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }]);

    public object? Make(Type type, bool mayBeNull = false)
    {
        if (mayBeNull && random.Next(4) == 0)
        {
            return null;
        }
        return Nullable.GetUnderlyingType(type) is { } inner ? (random.Next(3) == 0 || Make(inner) is not { } made || Deep.IsNone(made) ? null : made)
            : type == typeof(string) ? SampleState.RandomText(random)
            : type == typeof(bool) ? random.Next(2) == 0
            : type == typeof(int) ? random.Next(int.MinValue, int.MaxValue)
            : type == typeof(long) ? random.NextInt64(long.MinValue, long.MaxValue)
            : type == typeof(byte) ? (byte)random.Next(256)
            : type == typeof(DateTimeOffset) ? Instant()
            : type == typeof(TimeSpan) ? TimeSpan.FromTicks(random.NextInt64(-(1L << 40), 1L << 40))
            : type.IsEnum ? Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))
            : type == typeof(AttributeBag) ? SampleState.RandomBag(random)
            : type == typeof(AttributeValue) ? SampleState.Value(random)
            : type == typeof(Permission) ? new Permission($"r{random.Next(20)}.x", random.Next(5) == 0 ? "*" : "read", (PermissionScope)random.Next(4))
            : type == typeof(TenantModel) ? Model()
            : type == typeof(ConditionStep) ? Step(2)
            : type == typeof(RoleEdit) ? Make(Pick(typeof(RoleEdit).GetNestedTypes()))
            : type.IsArray ? List(type.GetElementType()!)
            : type.IsGenericType ? MakeGeneric(type, type.GetGenericTypeDefinition())
            : MakeObject(type);
    }

    // Each may have others within it, but not without end.
    private ConditionStep Step(int depth) => new(SampleState.RandomText(random), (Truth)random.Next(3))
    {
        Saw = SampleState.RandomBag(random),
        Parts = depth == 0 ? [] : [.. Enumerable.Range(0, random.Next(3)).Select(_ => Step(depth - 1))],
    };

    private object? MakeGeneric(Type type, Type open)
    {
        var item = type.GetGenericArguments()[0];
        if (open == typeof(ImmutableArray<>))
        {
            return random.Next(10) == 0 ? Activator.CreateInstance(type) : ArrayOf.MakeGenericMethod(item).Invoke(null, [List(item)]);
        }
        if (open == typeof(Result<>))
        {
            var of = random.Next(3) == 0 ? typeof(AuthzError) : item;
            return type.GetMethod("op_Implicit", [of])!.Invoke(null, [Make(of)]);
        }
        return open == typeof(IReadOnlyList<>) || open == typeof(IReadOnlySet<>) ? List(item) : MakeObject(type);
    }

    private object MakeObject(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors().Where(made => made.GetParameters() is not [{ } one] || one.ParameterType != type)
            .OrderByDescending(made => made.GetParameters().Length).FirstOrDefault();
        var value = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, nullability.Create(parameter).WriteState == NullabilityState.Nullable))]);
        var given = constructor?.GetParameters().Select(parameter => parameter.Name) ?? [];
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && !given.Contains(property.Name)))
        {
            property.SetValue(value, Make(property.PropertyType, nullability.Create(property).WriteState == NullabilityState.Nullable));
        }
        return value;
    }

    private Array List(Type item)
    {
        var list = Array.CreateInstance(item, random.Next(4));
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(Make(item), i);
        }
        return list;
    }

    private TenantModel Model() => SampleState.Model with
    {
        Roles = Enumerable.Range(0, random.Next(5)).Select(i => SampleState.RandomRole(random, i)).ToImmutableDictionary(role => role.Id),
        Registered = SampleState.RandomRegistry(random),
    };

    private DateTimeOffset Instant() =>
        new(random.NextInt64(DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks / 2), TimeSpan.FromMinutes(random.Next(-600, 600)));

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];
}
