using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Http;

/// <summary>
/// Lets requests in: the credential must be valid in the tenant, and the engine must say that the caller may use the
/// endpoint there; then the tenant's edition must have it. Nothing is remembered but the right to ask, with the credential.
/// </summary>
internal sealed class Door(ICallerRights rights)
{
    private readonly DoorRules _rules = new(rights);

    /// <summary>Ends a request whose caller may not.</summary>
    public ValueTask AdmitAsync(ApiRequest request) => request.Endpoint switch
    {
        { IsOpen: true } => default,
        { IsQuestion: true } => AdmitQuestionAsync(request),
        _ => AdmitAdministratorAsync(request),
    };

    private async ValueTask AdmitAdministratorAsync(ApiRequest request)
    {
        var tenant = request.DecidedIn;
        await RequireValidAsync(request, tenant);
        if (request.Endpoint.Right is { } right)
        {
            request.OwnOnly = await _rules.CheckRightAsync(tenant, request.Caller, right, request.Endpoint.IsScoped);
            Throw(await IsLeftToEndpointAsync(request) ? null : request.OwnOnly);
        }
        await RequireAsync(request, request.Endpoint.Feature);
    }

    /// <summary>Ends a request for what the edition of its tenant lacks.</summary>
    public static async ValueTask RequireAsync(ApiRequest request, Feature feature)
    {
        if (feature != Feature.Always)
        {
            Throw(Editions.Check(ApiRequest.Ok(await request.Ports.Tenants.GetAsync(request.Tenant)).Edition, feature));
        }
    }

    /// <summary>Ends a request that asks about others where its caller may not, or may not be told why.</summary>
    public ValueTask RequireAskingAsync(ApiRequest request, bool why) =>
        request.Admission!.Asking(request.Tenant) is { } known && known.Check(why) is null ? default : RequireAskingAnewAsync(request, why);

    /// <summary>Ends a request whose credential is not valid in all of some tenants.</summary>
    public async ValueTask RequireValidAsync(ApiRequest request, IReadOnlyList<TenantId> tenants)
    {
        foreach (var tenant in tenants)
        {
            await RequireValidAsync(request, tenant);
        }
    }

    // Nobody learns by it that there is no such tenant.
    private static async ValueTask<bool> IsLeftToEndpointAsync(ApiRequest request) =>
        request is { Endpoint.IsForOwnToo: true, OwnOnly.Code: ErrorCode.Forbidden } && (await request.Ports.Tenants.GetAsync(request.Tenant)).IsOk;

    private static void Throw(AuthzError? refusal)
    {
        if (refusal is not null)
        {
            throw new ProblemException(Problem.Of(refusal));
        }
    }

    private ValueTask AdmitQuestionAsync(ApiRequest request)
    {
        return request.Admission!.Asking(request.Tenant) is null ? LearnFirstAsync() : default;

        async ValueTask LearnFirstAsync() => await LearnAsync(request);
    }

    // That the caller may not is not relied on: it may have been allowed meanwhile.
    private async ValueTask RequireAskingAnewAsync(ApiRequest request, bool why) => Throw((await LearnAsync(request)).Check(why));

    private async ValueTask<AskingRight> LearnAsync(ApiRequest request) =>
        ApiRequest.Ok(await _rules.LearnAskingAsync(request.Tenant, request.Admission!, request.Caller));

    private async ValueTask RequireValidAsync(ApiRequest request, TenantId tenant) =>
        Throw(await _rules.CheckValidAsync(tenant, request.Admission!.Credential, request.Caller));
}
