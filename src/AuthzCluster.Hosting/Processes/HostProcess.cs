using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Processes;

/// <summary>A host as a process: a command line in, an exit code out.</summary>
public static class HostProcess
{
    /// <summary>Stopped on request.</summary>
    public const int Stopped = 0;

    /// <summary>Did not start.</summary>
    public const int Refused = 2;

    /// <summary>Prints help where it is asked for; otherwise runs, and tells in one line why it did not start.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="help">What <c>--help</c> prints.</param>
    /// <param name="run">Reads the options and runs until the process is asked to stop.</param>
    /// <param name="output">Where help goes.</param>
    /// <param name="errors">Where the line goes.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, string help, Func<Task> run, TextWriter output, TextWriter errors)
    {
        if (CommandLine.WantsHelp(args))
        {
            await output.WriteLineAsync(help);
            return Stopped;
        }
        try
        {
            await run();
            return Stopped;
        }
        catch (StartRefusedException e)
        {
            await errors.WriteLineAsync($"authz: {e.Message}".ReplaceLineEndings(" "));
            return Refused;
        }
    }
}
