using System.Runtime.InteropServices;

namespace AuthzCluster.Silo.FaultHost;

/// <summary>
/// A garbage collection that stops the world for seconds. It has to wait for a thread that is in native code and looks, to the runtime, as if it were in
/// managed code; meanwhile no other thread gets on. (Whatever waits in a way that signals cut short would not do: the runtime sends signals to who is late.)
/// </summary>
internal static class LongCollection
{
    public static void Run()
    {
        var command = Marshal.StringToHGlobalAnsi("exec sleep 4");
        using var begins = new ManualResetEventSlim();
        new Thread(() =>
        {
            begins.Set();
            _ = Shell(command);
        }) { IsBackground = true }.Start();
        begins.Wait();
        // It says so before it is there.
        Thread.Sleep(100);
        Console.Error.WriteLine("fault host: stops the world");
        GC.Collect();
        Console.Error.WriteLine("fault host: the world goes on");
        Marshal.FreeHGlobal(command);
    }

    [DllImport("libc", EntryPoint = "system")]
    [SuppressGCTransition]
    private static extern int Shell(nint command);
}
