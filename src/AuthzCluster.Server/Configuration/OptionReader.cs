using AuthzCluster.Hosting;
namespace AuthzCluster.Server.Configuration;

/// <summary>Puts the options together: defaults, then <c>appsettings.json</c>, then the environment, then the command line.</summary>
internal static class OptionReader
{
    public static ServerOptions Read(IReadOnlyList<string> args)
    {
        var configuration = Configuration(args);
        var options = new ServerOptions();
        foreach (var child in configuration.GetSection(OptionTable.Section).GetChildren())
        {
            var option = OptionTable.All.FirstOrDefault(option => option.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new StartRefusedException($"unknown setting `{OptionTable.Section}:{child.Key}`; --help tells which there are");
            try
            {
                options = option.Apply(options, child.Value ?? "");
            }
            catch (FormatException e)
            {
                throw new StartRefusedException($"{option.Flag} ({OptionTable.Section}__{option.Name}) {e.Message}, not `{child.Value}`", e);
            }
        }
        return options;
    }

    private static IConfigurationRoot Configuration(IReadOnlyList<string> args)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(CommandLine.Parse(args))
                .Build();
        }
        catch (InvalidDataException e)
        {
            throw new StartRefusedException($"appsettings.json cannot be read: {e.InnerException?.Message ?? e.Message}", e);
        }
    }
}
