using AuthzCluster.Domain.Decisions;
using Orleans.Serialization.Cloning;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>Copies nothing: questions are immutable.</summary>
[RegisterCopier]
internal sealed class AccessRequestCopier : ShallowCopier<AccessRequest>;
