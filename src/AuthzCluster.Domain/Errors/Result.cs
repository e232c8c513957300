using System.Diagnostics.CodeAnalysis;

namespace AuthzCluster.Domain.Errors;

/// <summary>Either a value or the reason why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly record struct Result<T>
{
    private Result(T? value, AuthzError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value; default when <see cref="Error"/> is set.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null on success.</summary>
    public AuthzError? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    /// <summary>Success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Refusal.</summary>
    public static implicit operator Result<T>(AuthzError error) => new(default, error);

    /// <summary>Passes the value on, or the refusal through.</summary>
    public Result<TOut> Then<TOut>(Func<T, Result<TOut>> next) => IsOk ? next(Value) : Error;

    /// <summary>Changes the value, or passes the refusal through.</summary>
    public Result<TOut> Map<TOut>(Func<T, TOut> change) => IsOk ? change(Value) : Error;
}
