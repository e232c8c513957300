using AuthzCluster.Domain.Attributes;
using Orleans.Serialization.Cloning;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>Copies nothing: bags are immutable.</summary>
[RegisterCopier]
internal sealed class AttributeBagCopier : ShallowCopier<AttributeBag>;
