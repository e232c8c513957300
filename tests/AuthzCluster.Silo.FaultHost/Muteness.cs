using AuthzCluster.Grains.Node;

namespace AuthzCluster.Silo.FaultHost;

/// <summary>
/// A rule turned off, so that it can be seen that its breach is found: a silo that tells no other what was committed, and believes that all have heard it.
/// Only this host knows the switch; a silo has none.
/// </summary>
internal static class Muteness
{
    // The file whose being there silences; not set: nothing does.
    private const string Variable = "AUTHZ_FAULT_MUTE";

    private static readonly string? Switch = Environment.GetEnvironmentVariable(Variable);

    /// <summary>Gives a silo the switch, if there is one.</summary>
    public static void AddTo(ISiloBuilder silo)
    {
        if (!string.IsNullOrEmpty(Switch))
        {
            silo.AddOutgoingGrainCallFilter(PassAsync);
        }
    }

    private static Task PassAsync(IOutgoingGrainCallContext call)
    {
        // Some of Orleans' own calls have no method to be shown.
        if (call.InterfaceMethod is not { Name: nameof(INotificationService.RaiseAsync) } method || method.DeclaringType != typeof(INotificationService) || !File.Exists(Switch))
        {
            return call.Invoke();
        }
        Console.Error.WriteLine("fault host: told nobody");
        call.Response = Orleans.Serialization.Invocation.Response.Completed;
        return Task.CompletedTask;
    }
}
