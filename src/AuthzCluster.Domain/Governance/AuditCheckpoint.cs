using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Governance;

/// <summary>How far an audit log had come at an instant. Whoever keeps it can tell later whether the log still is the one of then.</summary>
/// <param name="Tenant">Whose log.</param>
/// <param name="Sequence">Its newest record; 0: it had none.</param>
/// <param name="Hash">The hash of that record, lower-case hex; 64 zeros where there was none.</param>
/// <param name="Time">When it was made.</param>
public sealed record AuditCheckpoint(TenantId Tenant, long Sequence, string Hash, DateTimeOffset Time)
{
    /// <summary>The same, signed: what is to be kept.</summary>
    public string Signed { get; init; } = "";

    /// <summary>Where in the log it was made.</summary>
    public AuditMark ToMark() => new(Sequence) { Hash = Hash };
}
