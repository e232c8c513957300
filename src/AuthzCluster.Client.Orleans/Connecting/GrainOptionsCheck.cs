using AuthzCluster.Actors.Services;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>What is wrong with options, all at once.</summary>
internal sealed class GrainOptionsCheck : IValidateOptions<AuthzClusterGrainOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthzClusterGrainOptions options) => Result(nameof(AuthzClusterGrainOptions), Faults(options));

    public static ValidateOptionsResult Result(string type, IEnumerable<string> found)
    {
        var faults = found.Select(fault => $"{type}.{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> Faults(AuthzClusterGrainOptions options)
    {
        if (options.ApiKey is null == options.ApiKeyProvider is null)
        {
            yield return "ApiKey or ApiKeyProvider must be given, not both";
        }
        if (options.ApiKey is not null && (!Texts.IsVisibleAscii(options.ApiKey) || ApiKeyToken.IdOf(options.ApiKey) is null))
        {
            yield return "ApiKey must be an API key of the service";
        }
        if (Texts.IdFault(options.Tenant) is { } fault)
        {
            yield return $"Tenant {fault}";
        }
        if (options.Timeout < TimeSpan.FromMilliseconds(1) || options.Timeout > TimeSpan.FromDays(1))
        {
            yield return "Timeout must be 1 ms to 1 day";
        }
    }
}
