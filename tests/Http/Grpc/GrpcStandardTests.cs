using AuthzCluster.Api.Grpc.HealthV1;
using AuthzCluster.Api.Grpc.ReflectionV1;
using AuthzCluster.Http.Tests.Support;
using Google.Protobuf.Reflection;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>The standard services: health and reflection.</summary>
[Collection(ServerCollection.Name)]
public sealed class GrpcStandardTests(ServerFixture server)
{
    private const string Health = "grpc.health.v1.Health/", Reflection = "ServerReflection/ServerReflectionInfo";

    [Theory]
    [InlineData("")]
    [InlineData("authz.v1.AuthorizationService")]
    [InlineData("authz.v1.RoleService")]
    public async Task Health_WithoutCredential_IsServing(string service)
    {
        using var client = new GrpcClient(server.GrpcUrl, null);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await client.CallAsync(Health + "Check", new HealthCheckRequest { Service = service })).One<HealthCheckResponse>().Status);
    }

    [Fact]
    public async Task Health_OfNoService_IsNotFoundAndWatchedUnknown()
    {
        using var client = new GrpcClient(server.GrpcUrl, null);
        using var watch = await GrpcStream.OpenAsync(client, Health + "Watch", [new HealthCheckRequest { Service = "nothing" }]);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.ServiceUnknown, (await watch.ReadAsync<HealthCheckResponse>())!.Status);
        (await client.CallAsync(Health + "Check", new HealthCheckRequest { Service = "nothing" })).Refused(5, "not_found");
    }

    [Theory]
    [InlineData("grpc.reflection.v1.")]
    [InlineData("grpc.reflection.v1alpha.")]
    public async Task Reflection_Asked_TellsServicesAndTheirMessages(string package)
    {
        using var client = new GrpcClient(server.GrpcUrl, server.Key);
        using var stream = await GrpcStream.OpenAsync(client, package + Reflection);

        await stream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, new ServerReflectionRequest { FileContainingSymbol = "authz.v1.RoleService.AssignRole" });
        var listed = await stream.ReadAsync<ServerReflectionResponse>();
        var described = await stream.ReadAsync<ServerReflectionResponse>();
        await stream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = "authz.v1.Nothing" });
        var missing = await stream.ReadAsync<ServerReflectionResponse>();

        Assert.Equal(
            ["authz.v1.AuthorizationService", "authz.v1.RoleService", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"],
            listed!.ListServicesResponse.Service.Select(service => service.Name));
        // Each behind those that it imports, as whoever builds them needs it.
        var files = FileDescriptor.BuildFromByteStrings(described!.FileDescriptorResponse.FileDescriptorProto.Reverse());
        Assert.Contains(files, file => file.Services.Any(service => service.FindMethodByName("EvaluateStream") is { IsClientStreaming: true, IsServerStreaming: true }));
        Assert.Equal(5, missing!.ErrorResponse.ErrorCode);
    }
}
