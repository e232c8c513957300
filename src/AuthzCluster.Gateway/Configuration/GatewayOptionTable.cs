using AuthzCluster.Api.Serving;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting.Configuration;
using AuthzCluster.Hosting.Tls;

namespace AuthzCluster.Gateway.Configuration;

/// <summary>All that can be set; help, command line, environment and files are read off this.</summary>
internal static class GatewayOptionTable
{
    public static IReadOnlyList<Option<GatewayOptions>> All { get; } =
    [
        new("--silos", "Silos", "silos as HOST:PORT, commas between them; names are looked up anew every 5 s (default 127.0.0.1:30000)", (options, text) =>
            options with { Silos = [.. OptionText.List(text).Select(SiloAddresses.Parse)] }),
        new("--service-id", "ServiceId", "name of the service (default authz)", (options, text) => options with { ServiceId = OptionText.NotBlank(text) }),
        new("--cluster-id", "ClusterId", "name of the cluster (default authz)", (options, text) => options with { ClusterId = OptionText.NotBlank(text) }),
        new("--read-deadline", "ReadDeadline", "how long a question or a read of one thing may take, repeats included, hh:mm:ss (default 00:00:05)", (options, text) =>
            options with { Calls = options.Calls with { ReadDeadline = OptionText.Time(text, TimeSpan.FromSeconds(1)) } }),
        new("--list-deadline", "ListDeadline", "how long a page of a list may take, repeats included, hh:mm:ss (default 00:00:30)", (options, text) =>
            options with { Calls = options.Calls with { ListDeadline = OptionText.Time(text, TimeSpan.FromSeconds(1)) } }),
        new("--write-deadline", "WriteDeadline", "how long a write may take, repeats included, hh:mm:ss (default 00:00:30)", (options, text) =>
            options with { Calls = options.Calls with { WriteDeadline = OptionText.Time(text, TimeSpan.FromSeconds(1)) } }),
        .. HttpOptionTable.All.Select(option => option.Of<GatewayOptions>(options => options.Http, (options, http) => options with { Http = http })),
        .. TlsOptionTable.All.Select(option => option.Of<GatewayOptions>(options => options.Tls, (options, tls) => options with { Tls = tls })),
    ];

    public static string Help { get; } = HelpText.Of(
        "Serves authorization decisions over HTTP from a cluster of silos. It keeps nothing: start as many as you like.", All, ("Port", 8080),
        "Tokens are taken of one issuer, once --jwt-issuer, --jwt-audience, and --jwt-metadata or --jwt-keys are given; lists",
        "have commas between their items.");

    public static GatewayOptions Read(IReadOnlyList<string> args) => OptionReader.Read(new GatewayOptions(), All, args);
}
