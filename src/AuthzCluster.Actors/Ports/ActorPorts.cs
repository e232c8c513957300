using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>What every actor needs of its host; one for all of them.</summary>
/// <param name="Store">Where states are kept.</param>
/// <param name="Audit">Where the audit log is kept.</param>
/// <param name="Cells">What the node has in memory.</param>
/// <param name="Announce">What precedes an acknowledgement.</param>
/// <param name="Ids">Makes ids.</param>
/// <param name="Time">The clock.</param>
public sealed record ActorPorts(IActorStore Store, IAuditStore Audit, CellTable Cells, IAnnounce Announce, IIdSource Ids, TimeProvider Time)
{
    /// <summary>Where faults are told; null: nowhere.</summary>
    public IFaultLog? Faults { get; init; }

    /// <summary>Who asks engines outside of the service; null: none is asked, which is an error of what hangs on one.</summary>
    public IOutsideEngine? Outside { get; init; }

    /// <summary>Where webhooks may send; null: nowhere.</summary>
    public IWebhookTargets? Targets { get; init; }

    /// <summary>The conditions that the host registered.</summary>
    public CustomConditions Custom { get; init; } = CustomConditions.None;

    /// <summary>Where decisions are told; null: nowhere.</summary>
    public IDecisionLog? Decisions { get; init; }

    /// <summary>Seals audit records. All else is sealed between the actors and the store.</summary>
    public IVault Vault { get; init; } = NoVault.Instance;

    /// <summary>Signs checkpoints of the audit logs.</summary>
    public required ISigner Signer { get; init; }

    /// <summary>Now, in UTC, cut to microseconds, as every stored instant is.</summary>
    public DateTimeOffset Now() => Instants.Cut(Time.GetUtcNow());
}
