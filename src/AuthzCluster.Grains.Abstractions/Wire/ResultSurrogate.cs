using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A value, or why there is none, on the wire.</summary>
[GenerateSerializer, Alias("authz.result`1")]
internal struct ResultSurrogate<T>
{
    [Id(0)]
    public T? Value;

    [Id(1)]
    public AuthzError? Error;
}
