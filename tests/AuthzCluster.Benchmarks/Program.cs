using AuthzCluster.Benchmarks;
using AuthzCluster.Benchmarks.Http;

if (args is [EchoServer.Argument])
{
    await EchoServer.ServeAsync();
    return 0;
}
if (args is [GrpcEcho.Argument])
{
    await GrpcEcho.ServeAsync();
    return 0;
}
return await Scenarios.RunAsync(args, Scenarios.Embedded);
