using System.Runtime.ExceptionServices;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>A thread without a context or a scheduler of its own: what awaits something goes on within its completion, and nowhere else.</summary>
internal static class OneThread
{
    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
