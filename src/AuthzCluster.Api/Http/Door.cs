using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Http;

/// <summary>
/// Lets requests in: the credential must be valid in the tenant, and the engine must say that the caller may use the
/// endpoint there; then the tenant's edition must have it. Nothing is remembered but the right to ask, with the credential.
/// </summary>
internal sealed class Door(ICallerRights rights)
{
    /// <summary>Ends a request whose caller may not.</summary>
    public ValueTask AdmitAsync(ApiRequest request) => request.Endpoint switch
    {
        { IsOpen: true } => default,
        { IsQuestion: true } => AdmitQuestionAsync(request),
        _ => AdmitAdministratorAsync(request),
    };

    private static void Require(bool isAllowed, string detail)
    {
        if (!isAllowed)
        {
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.Forbidden, detail)));
        }
    }

    private async ValueTask AdmitAdministratorAsync(ApiRequest request)
    {
        var tenant = request.DecidedIn;
        await RequireValidAsync(request, tenant);
        if (request.Endpoint.Right is { } right)
        {
            var may = request.Endpoint.IsScoped
                ? await rights.MaySomewhereAsync(tenant, request.Caller, right)
                : await rights.MayAsync(tenant, request.Caller, right);
            Require(ApiRequest.Ok(may), $"`{right}` is needed");
        }
        await RequireAsync(request, request.Endpoint.Feature);
    }

    /// <summary>Ends a request for what the edition of its tenant lacks.</summary>
    public static async ValueTask RequireAsync(ApiRequest request, Feature feature)
    {
        if (feature != Feature.Always
            && Editions.Check(ApiRequest.Ok(await request.Ports.Tenants.GetAsync(request.Tenant)).Edition, feature) is { } unavailable)
        {
            throw new ProblemException(Problem.Of(unavailable));
        }
    }

    /// <summary>Ends a request that asks about others where its caller may not, or may not be told why.</summary>
    public ValueTask RequireAskingAsync(ApiRequest request, bool why) =>
        request.Admission!.Asking(request.Tenant) is { OfOthers: true } known && (known.Why || !why) ? default : RequireAskingAnewAsync(request, why);

    /// <summary>Ends a request whose credential is not valid in all of some tenants.</summary>
    public async ValueTask RequireValidAsync(ApiRequest request, IReadOnlyList<TenantId> tenants)
    {
        foreach (var tenant in tenants)
        {
            await RequireValidAsync(request, tenant);
        }
    }

    private ValueTask AdmitQuestionAsync(ApiRequest request) =>
        request.Admission!.Asking(request.Tenant) is null ? LearnAsync(request) : default;

    // That the caller may not is not relied on: it may have been allowed meanwhile.
    private async ValueTask RequireAskingAnewAsync(ApiRequest request, bool why)
    {
        await LearnAsync(request);
        var known = request.Admission!.Asking(request.Tenant)!;
        Require(known.OfOthers, $"`{Rights.EvaluateExecute}` is needed to ask about others");
        Require(known.Why || !why, $"`{Rights.RolesRead}` is needed to be told why");
    }

    private async ValueTask LearnAsync(ApiRequest request)
    {
        await RequireValidAsync(request, request.Tenant);
        var ofOthers = ApiRequest.Ok(await rights.MayAsync(request.Tenant, request.Caller, Rights.EvaluateExecute));
        var why = ofOthers && ApiRequest.Ok(await rights.MayAsync(request.Tenant, request.Caller, Rights.RolesRead));
        request.Admission!.Remember(request.Tenant, new AskingRight(ofOthers, why));
    }

    private async ValueTask RequireValidAsync(ApiRequest request, TenantId tenant)
    {
        if (!request.Admission!.Credential.Tenants.Contains(tenant))
        {
            Require(ApiRequest.Ok(await rights.AdministersSystemAsync(request.Caller)), $"this credential is not valid in the tenant `{tenant}`");
        }
    }
}
