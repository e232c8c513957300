using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Writes down what time has done to what is stored: whoever does, the version that it read decides, so that it is done once.</summary>
public interface IExpiry
{
    /// <summary>
    /// Moves what a subject had to its history, and says so once. False: there was nothing to do. What is announced may be announced behind the answer, since no
    /// decision hangs on it: who goes by what was stored before decides the same, by the time.
    /// </summary>
    Task<Result<bool>> ExpireAsync(TenantId tenant, SubjectId subject);

    /// <summary>Likewise of all teams of a tenant, whose assignments are in its model. Nothing where that is being looked at for something else: then its writer does.</summary>
    Task<Result<bool>> ExpireTeamsAsync(TenantId tenant);
}
