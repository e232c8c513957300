using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The port <see cref="IAuditTrail"/> of whichever silo is asked; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.audit-trail")]
public interface IAuditTrailGrain : IAuditTrail, IGrainWithIntegerKey;
