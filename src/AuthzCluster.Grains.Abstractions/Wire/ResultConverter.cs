using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>To and from the wire.</summary>
[RegisterConverter]
internal sealed class ResultConverter<T> : IConverter<Result<T>, ResultSurrogate<T>>
{
    public Result<T> ConvertFromSurrogate(in ResultSurrogate<T> surrogate) => surrogate.Error is { } error ? error : surrogate.Value!;

    public ResultSurrogate<T> ConvertToSurrogate(in Result<T> value) => new() { Value = value.Value, Error = value.Error };
}
