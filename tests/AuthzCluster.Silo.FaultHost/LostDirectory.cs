using System.Reflection;

namespace AuthzCluster.Silo.FaultHost;

/// <summary>
/// Loses what this silo knows of where grains are, as the cluster does when a silo ends that knew it: activations go on, and other silos that ask where they
/// are are told nowhere, and activate them a second time.
/// </summary>
internal sealed class LostDirectory
{
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private volatile object? _directory;

    /// <summary>Finds it in a silo that has started. Orleans shows it to nobody.</summary>
    public Task FindAsync(IServiceProvider services)
    {
        _directory = services.GetRequiredService(Type.GetType("Orleans.Runtime.GrainDirectory.LocalGrainDirectory, Orleans.Runtime", throwOnError: true)!);
        return Task.CompletedTask;
    }

    /// <summary>Loses the part that is this silo's to know and, unless it is to go on by that, what it remembers of others.</summary>
    public void Lose(bool memoryToo)
    {
        if (_directory is { } directory)
        {
            Clear(directory, "DirectoryPartition");
            if (memoryToo)
            {
                Clear(directory, "DirectoryCache");
            }
            Console.Error.WriteLine("fault host: lost its part of the directory");
        }
    }

    private static void Clear(object directory, string what)
    {
        var part = directory.GetType().GetProperty(what, Inner)!.GetValue(directory)!;
        part.GetType().GetMethod("Clear", Inner)!.Invoke(part, null);
    }
}
