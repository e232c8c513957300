using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>
/// What every door asks before it lets the bearer of a credential in, whatever the transport. Answers are refusals; null: it may. Nothing is
/// remembered but the right to ask, with the credential.
/// </summary>
/// <param name="rights">What callers may.</param>
public sealed class DoorRules(ICallerRights rights)
{
    /// <summary>Whether a credential is valid in a tenant: made for it, or that of who administers them all.</summary>
    public async ValueTask<AuthzError?> CheckValidAsync(TenantId tenant, Credential credential, Caller caller)
    {
        if (credential.Tenants.Contains(tenant))
        {
            return null;
        }
        var isAdministrator = await rights.AdministersSystemAsync(caller);
        return Check(isAdministrator, $"this credential is not valid in the tenant `{tenant}`");
    }

    /// <summary>Whether the caller has the right to a kind of administration.</summary>
    /// <param name="tenant">Where it is decided.</param>
    /// <param name="caller">Who.</param>
    /// <param name="right">The right.</param>
    /// <param name="isScoped">Whether it is asked again with the scope of the grant in question, in the turn that writes: here it is enough to have it somewhere.</param>
    public async ValueTask<AuthzError?> CheckRightAsync(TenantId tenant, Caller caller, Permission right, bool isScoped)
    {
        var may = isScoped ? await rights.MaySomewhereAsync(tenant, caller, right) : await rights.MayAsync(tenant, caller, right);
        return Check(may, $"`{right}` is needed");
    }

    /// <summary>What the bearer may ask in a tenant, asked anew and remembered with the credential.</summary>
    public async ValueTask<Result<AskingRight>> LearnAskingAsync(TenantId tenant, KnownCredential known, Caller caller)
    {
        if (await CheckValidAsync(tenant, known.Credential, caller) is { } invalid)
        {
            return invalid;
        }
        var ofOthers = await rights.MayAsync(tenant, caller, Rights.EvaluateExecute);
        var why = ofOthers is { IsOk: true, Value: true } ? await rights.MayAsync(tenant, caller, Rights.RolesRead) : ofOthers;
        if (!why.IsOk)
        {
            return why.Error;
        }
        var right = new AskingRight(ofOthers.Value, why.Value);
        known.Remember(tenant, right);
        return right;
    }

    private static AuthzError? Check(Result<bool> may, string detail) =>
        !may.IsOk ? may.Error : may.Value ? null : new AuthzError(ErrorCode.Forbidden, detail);
}
