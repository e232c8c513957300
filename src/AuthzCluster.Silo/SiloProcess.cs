using System.Runtime.InteropServices;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Processes;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Silo.Configuration;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage;
using AuthzCluster.Storage.Postgres;

namespace AuthzCluster.Silo;

/// <summary>A silo as a process: options in, an exit code out.</summary>
internal static class SiloProcess
{
    /// <summary>The word that asks for the schema and nothing else.</summary>
    public const string Migrate = "--migrate";

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, Action<ISiloBuilder>? configure = null) =>
        HostProcess.RunAsync(args, SiloOptionTable.Help, () => args.Contains(Migrate)
            ? MigrateAsync(SiloOptionTable.Read([.. args.Where(arg => arg != Migrate)]), output)
            : args.Contains(VaultOptionTable.NewKey)
            ? MakeKeyAsync(SiloOptionTable.Read([.. args.Where(arg => arg != VaultOptionTable.NewKey)]), output)
            : ServeAsync(SiloOptionTable.Read(args), output, configure), output, errors);

    private static async Task MigrateAsync(SiloOptions options, TextWriter output)
    {
        try
        {
            var steps = await PostgresMigrator.MigrateAsync(options.Database!, options.ServiceId, options.ClusterId);
            await output.WriteLineAsync(steps.Count == 0 ? "The schema is up to date." : $"Applied {string.Join(", ", steps)}.");
        }
        catch (Exception e) when (e is StoreRefusedException or StoreUnavailableException)
        {
            throw new StartRefusedException($"--database: {e.Message}", e);
        }
    }

    private static async Task MakeKeyAsync(SiloOptions options, TextWriter output)
    {
        try
        {
            await PostgresSchema.CheckAsync(options.Database!, options.ServiceId, options.ClusterId);
            await output.WriteLineAsync($"Made the key {new DataProtectionVault(new PostgresKeyRing(options.Database!), options.Vault).MakeKey()}.");
        }
        catch (Exception e) when (e is StoreRefusedException or StoreUnavailableException)
        {
            throw new StartRefusedException($"--database: {e.Message}", e);
        }
    }

    private static async Task ServeAsync(SiloOptions options, TextWriter output, Action<ISiloBuilder>? configure)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        try
        {
            await using var silo = await SiloApp.StartAsync(options, stop.Token, configure);
            await output.WriteLineAsync(
                $"Silo of cluster {options.ClusterId} at {options.Address}: silos {options.SiloPort}, gateways {options.GatewayPort}, health {silo.HealthUrl}");
            await output.FlushAsync();
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }

        // A second signal ends the process at once.
        void End(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
