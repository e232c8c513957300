using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Domain.Requests;

/// <summary>Who is behind an approval and behind what is approved: each by itself and, where it is an API key, whoever made it or gave it another secret, and whoever is behind them.</summary>
/// <param name="Caller">Who approves.</param>
/// <param name="Asking">Who made the request.</param>
/// <param name="Getting">Who gets the role: of a team, those behind the caller who are in it.</param>
public sealed record RequestParties(ImmutableHashSet<SubjectId> Caller, ImmutableHashSet<SubjectId> Asking, ImmutableHashSet<SubjectId> Getting);
