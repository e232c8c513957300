using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Processes;

/// <summary>A host as a process: a command line in, an exit code out.</summary>
public static class HostProcess
{
    /// <summary>Stopped on request.</summary>
    public const int Stopped = 0;

    /// <summary>Ended by what nobody foresaw.</summary>
    public const int Failed = 1;

    /// <summary>Did not start.</summary>
    public const int Refused = 2;

    /// <summary>Prints help where it is asked for; otherwise runs, and tells in one line why it did not start, or what ended it.</summary>
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
            return await TellAsync(errors, e.Message, Refused);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The innermost says what it was: those around it say where.
            return await TellAsync(errors, $"unexpected failure: {e.GetBaseException().GetType().Name}: {e.GetBaseException().Message}", Failed);
        }
    }

    private static async Task<int> TellAsync(TextWriter errors, string why, int code)
    {
        await errors.WriteLineAsync($"authz: {why}".ReplaceLineEndings(" "));
        return code;
    }
}
