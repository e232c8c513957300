using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.Decisions;

/// <summary>The answer to one question.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Trace">How it came about; default: not asked for.</param>
internal readonly record struct Answer(Decision Decision, ImmutableArray<TraceStep> Trace);
