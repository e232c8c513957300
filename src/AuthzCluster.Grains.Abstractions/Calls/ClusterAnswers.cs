using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Kept answers, by way of any silo. Keeping one again changes nothing, so it is repeated as a read is.</summary>
internal sealed class ClusterAnswers(ClusterCaller calls) : IAnswers
{
    public ValueTask<Result<KeptAnswer?>> FindAsync(TenantId tenant, string id) =>
        new(calls.ReadAsync<IAnswersGrain, KeptAnswer?>(grain => grain.FindAsync(tenant, id).AsTask()));

    public ValueTask<Result<KeptAnswer>> KeepAsync(TenantId tenant, string id, KeptAnswer answer) =>
        new(calls.ReadAsync<IAnswersGrain, KeptAnswer>(grain => grain.KeepAsync(tenant, id, answer).AsTask()));
}
