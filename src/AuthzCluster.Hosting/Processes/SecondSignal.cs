using System.Runtime.InteropServices;

namespace AuthzCluster.Hosting.Processes;

/// <summary>Hears whoever asks the process to stop and will not wait. The first signal is the host's; dispose to stop listening.</summary>
public sealed class SecondSignal : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _heard;

    /// <summary>Listens from here on.</summary>
    /// <param name="act">Called for each but the first of SIGTERM, SIGINT and SIGQUIT.</param>
    public SecondSignal(Action act)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (Interlocked.Increment(ref _heard) > 1)
                {
                    act();
                }
            }));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
