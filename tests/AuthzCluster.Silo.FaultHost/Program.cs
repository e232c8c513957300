using System.Runtime.InteropServices;
using AuthzCluster.Silo;
using AuthzCluster.Silo.FaultHost;

// The silo as it is, but for three signals and what it may be asked to leave out.
const PosixSignal StopTheWorld = (PosixSignal)10, LosePart = (PosixSignal)12, LoseAll = (PosixSignal)28;

using var world = PosixSignalRegistration.Create(StopTheWorld, _ => LongCollection.Run());
var directory = new LostDirectory();
using var part = PosixSignalRegistration.Create(LosePart, _ => directory.Lose(memoryToo: false));
using var all = PosixSignalRegistration.Create(LoseAll, _ => directory.Lose(memoryToo: true));
return await SiloProcess.RunAsync(args, Console.Out, Console.Error, silo =>
{
    Muteness.AddTo(silo);
    silo.AddStartupTask((services, _) => directory.FindAsync(services));
});
