using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Hosting.Metrics;

namespace AuthzCluster.Hosting.Decisions;

/// <summary>Counts what a node decides, whoever asked, and passes it on to the decision log.</summary>
/// <param name="log">The log; null: none is kept.</param>
internal sealed class DecisionCounts(IDecisionLog? log) : IDecisionLog
{
    /// <inheritdoc/>
    public void Note(CompiledTenant tenant, AccessRequest request, in Decision decision, DateTimeOffset at)
    {
        NodeMeter.Decided(decision.Reason);
        log?.Note(tenant, request, decision, at);
    }
}
