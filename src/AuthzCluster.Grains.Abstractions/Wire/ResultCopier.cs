using AuthzCluster.Domain.Errors;
using Orleans.Serialization.Cloning;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>Copies nothing: what grains answer is immutable, and made for the one who asked.</summary>
[RegisterCopier]
internal sealed class ResultCopier<T> : ShallowCopier<Result<T>>;
