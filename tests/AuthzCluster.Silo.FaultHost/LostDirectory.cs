using System.Reflection;

namespace AuthzCluster.Silo.FaultHost;

/// <summary>
/// Loses what this silo knows of where grains are, as the cluster does when a silo ends that knew it: activations go on, and other silos that ask where they
/// are are told nowhere, and activate them a second time.
/// </summary>
internal sealed class LostDirectory
{
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private volatile object? _part;

    /// <summary>Finds it in a silo that has started. Orleans shows it to nobody.</summary>
    public Task FindAsync(IServiceProvider services)
    {
        var type = Type.GetType("Orleans.Runtime.GrainDirectory.LocalGrainDirectory, Orleans.Runtime", throwOnError: true)!;
        _part = type.GetProperty("DirectoryPartition", Inner)!.GetValue(services.GetRequiredService(type))!;
        return Task.CompletedTask;
    }

    public void Lose()
    {
        if (_part is { } part)
        {
            part.GetType().GetMethod("Clear", Inner)!.Invoke(part, null);
            Console.Error.WriteLine("fault host: lost its part of the directory");
        }
    }
}
