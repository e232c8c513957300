using System.Collections.Immutable;

namespace AuthzCluster.Actors.Views;

/// <summary>A door's answer, as it is kept.</summary>
/// <param name="Fingerprint">What was asked: a hash.</param>
/// <param name="Answer">What was answered, in the door's own form.</param>
public sealed record KeptAnswer(ImmutableArray<byte> Fingerprint, ImmutableArray<byte> Answer);
