return await AuthzCluster.Silo.SiloProcess.RunAsync(args, Console.Out, Console.Error);
