using AuthzCluster.Grains.Abstractions.Calls;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client.Orleans.Connecting;

/// <summary>The same, of an Orleans client of one's own.</summary>
internal sealed class OrleansOptionsCheck : IValidateOptions<AuthzClusterOrleansOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthzClusterOrleansOptions options) =>
        GrainOptionsCheck.Result(nameof(AuthzClusterOrleansOptions), [.. GrainOptionsCheck.Faults(options), .. Faults(options)]);

    private static IEnumerable<string> Faults(AuthzClusterOrleansOptions options)
    {
        if (options.Silos.Count == 0 && options.ConfigureClient is null)
        {
            yield return "Silos must be given";
        }
        foreach (var silo in options.Silos.Where(silo => !IsAddress(silo)))
        {
            yield return $"Silos must be HOST:PORT such as silos.example:30000, not `{silo}`";
        }
        if (string.IsNullOrWhiteSpace(options.ServiceId))
        {
            yield return "ServiceId must not be blank";
        }
        if (string.IsNullOrWhiteSpace(options.ClusterId))
        {
            yield return "ClusterId must not be blank";
        }
    }

    private static bool IsAddress(string text)
    {
        try
        {
            return SiloAddresses.Parse(text).Port > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
