using System.Diagnostics;

namespace AuthzCluster.Testing;

/// <summary>Programs of the operating system.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end; whether it went well.</summary>
    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
