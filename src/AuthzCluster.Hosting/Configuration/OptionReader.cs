using Microsoft.Extensions.Configuration;

namespace AuthzCluster.Hosting.Configuration;

/// <summary>Puts the options together: defaults, then <c>appsettings.json</c> beside the program, then the environment, then the command line.</summary>
public static class OptionReader
{
    /// <summary>The section of files, and the prefix of environment variables.</summary>
    public const string Section = "Authz";

    /// <summary>Reads them. What they must be together is the caller's to check.</summary>
    /// <param name="defaults">What is left as it is where nothing is set.</param>
    /// <param name="table">All that can be set.</param>
    /// <param name="args">The command line.</param>
    /// <exception cref="StartRefusedException">One is unknown or wrong; the message names it.</exception>
    public static T Read<T>(T defaults, IReadOnlyList<Option<T>> table, IReadOnlyList<string> args)
    {
        var configuration = Configuration(CommandLine.Parse(args, table));
        var options = defaults;
        foreach (var child in configuration.GetSection(Section).GetChildren())
        {
            var option = table.FirstOrDefault(option => option.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new StartRefusedException($"unknown setting `{Section}:{child.Key}`; --help tells which there are");
            try
            {
                options = option.Apply(options, child.Value ?? "");
            }
            catch (FormatException e)
            {
                throw new StartRefusedException($"{option.Flag} ({Section}__{option.Name}) {e.Message}{(option.IsSecret ? "" : $", not `{child.Value}`")}", e);
            }
        }
        return options;
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string?> commandLine)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(commandLine)
                .Build();
        }
        catch (InvalidDataException e)
        {
            throw new StartRefusedException($"appsettings.json cannot be read: {e.InnerException?.Message ?? e.Message}", e);
        }
    }
}
