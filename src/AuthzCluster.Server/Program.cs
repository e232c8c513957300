using AuthzCluster.Server;

return await ServerProcess.RunAsync(args, Console.Out, Console.Error);
