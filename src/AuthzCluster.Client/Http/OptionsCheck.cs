using Microsoft.Extensions.Options;

namespace AuthzCluster.Client.Http;

/// <summary>What is wrong with options, all at once.</summary>
internal sealed class OptionsCheck : IValidateOptions<AuthzClusterClientOptions>
{
    private const int MostRetries = 100;

    public ValidateOptionsResult Validate(string? name, AuthzClusterClientOptions options)
    {
        var faults = Faults(options).Select(fault => $"{nameof(AuthzClusterClientOptions)}.{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AuthzClusterClientOptions options)
    {
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            yield return "Address must be an http or https address such as http://127.0.0.1:8080, without a query";
        }
        if (options.ApiKey is null == options.TokenProvider is null)
        {
            yield return "ApiKey or TokenProvider must be given, not both";
        }
        if (options.ApiKey is not null && !Texts.IsVisibleAscii(options.ApiKey))
        {
            yield return "ApiKey must be visible ASCII characters";
        }
        if (Texts.IdFault(options.Tenant) is { } fault)
        {
            yield return $"Tenant {fault}";
        }
        if (options.Timeout < TimeSpan.FromMilliseconds(1) || options.Timeout > TimeSpan.FromDays(1))
        {
            yield return "Timeout must be 1 ms to 1 day";
        }
        if (options.Retries is < 0 or > MostRetries)
        {
            yield return $"Retries must be 0 to {MostRetries}";
        }
        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelay > TimeSpan.FromMinutes(1))
        {
            yield return "RetryDelay must be 0 to 1 minute";
        }
    }
}
