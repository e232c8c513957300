using AuthzCluster.Domain.Decisions;
using Orleans.Serialization.Cloning;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>Copies nothing: decisions are immutable.</summary>
[RegisterCopier]
internal sealed class DecisionCopier : ShallowCopier<Decision>;
