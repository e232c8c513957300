return await AuthzCluster.Gateway.GatewayProcess.RunAsync(args, Console.Out, Console.Error);
