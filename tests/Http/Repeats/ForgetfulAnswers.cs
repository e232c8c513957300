using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Http.Tests.Repeats;

/// <summary>Keeps no answer: as if each were lost between the commit and its keeping.</summary>
internal sealed class ForgetfulAnswers : IAnswers
{
    public ValueTask<Result<KeptAnswer?>> FindAsync(TenantId tenant, string id) => new((KeptAnswer?)null);

    public ValueTask<Result<KeptAnswer>> KeepAsync(TenantId tenant, string id, KeptAnswer answer) => new(new AuthzError(ErrorCode.Unavailable, "lost"));
}
