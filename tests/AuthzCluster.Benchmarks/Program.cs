using AuthzCluster.Benchmarks;
using AuthzCluster.Benchmarks.Http;

if (args is [EchoServer.Argument])
{
    await EchoServer.ServeAsync();
    return 0;
}
return await Scenarios.RunAsync(args, Scenarios.Embedded);
