using System.Runtime.InteropServices;
using AuthzCluster.Silo;
using AuthzCluster.Silo.FaultHost;

// The silo as it is, but for two signals.
const PosixSignal StopTheWorld = (PosixSignal)10, LoseDirectory = (PosixSignal)12;

using var world = PosixSignalRegistration.Create(StopTheWorld, _ => LongCollection.Run());
var directory = new LostDirectory();
using var loss = PosixSignalRegistration.Create(LoseDirectory, _ => directory.Lose());
return await SiloProcess.RunAsync(args, Console.Out, Console.Error, silo => silo.AddStartupTask((services, _) => directory.FindAsync(services)));
