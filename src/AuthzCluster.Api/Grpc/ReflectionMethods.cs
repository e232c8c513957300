using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Tenancy;
using Google.Protobuf.Reflection;
using AuthzCluster.Api.Grpc.ReflectionV1;
using static AuthzCluster.Api.Grpc.ReflectionV1.ServerReflectionRequest;

namespace AuthzCluster.Api.Grpc;

/// <summary>Server reflection: the services and their messages, for whoever has a credential. The older version of it is the same but for its name.</summary>
internal static class ReflectionMethods
{
    private const int NotFound = 5, InvalidArgument = 3, Window = 16;

    private static readonly FileDescriptor[] Files =
        [V1.AuthzV1Reflection.Descriptor, HealthV1.GrpcHealthV1Reflection.Descriptor, GrpcReflectionV1Reflection.Descriptor];

    private static readonly Dictionary<string, FileDescriptor> ByName = WithImports(Files).ToDictionary(file => file.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, FileDescriptor> BySymbol = Symbols();

    /// <summary>The full names of the services.</summary>
    public static IReadOnlySet<string> Services { get; } = Files.SelectMany(file => file.Services).Select(service => service.FullName).ToHashSet(StringComparer.Ordinal);

    public static readonly ApiEndpoint[] All = [Method("grpc.reflection.v1"), Method("grpc.reflection.v1alpha")];

    private static ApiEndpoint Method(string package) =>
        new("POST", $"/{package}.ServerReflection/ServerReflectionInfo", AnswerAsync, null) { Feature = Feature.Always, IsQuestion = true };

    private static Task AnswerAsync(ApiRequest request)
    {
        var call = GrpcCall.Of(request);
        return call.AnswerManyAsync<ServerReflectionRequest>(request, Window, async messages =>
        {
            foreach (var message in messages)
            {
                call.Write(Answer(message));
            }
            await call.FlushAsync(request);
        });
    }

    private static ServerReflectionResponse Answer(ServerReflectionRequest asked)
    {
        var reply = new ServerReflectionResponse { ValidHost = asked.Host, OriginalRequest = asked };
        switch (asked.MessageRequestCase)
        {
            case MessageRequestOneofCase.ListServices:
                reply.ListServicesResponse = new ListServiceResponse();
                reply.ListServicesResponse.Service.Add(Services.Order(StringComparer.Ordinal).Select(name => new ServiceResponse { Name = name }));
                break;
            case MessageRequestOneofCase.FileByFilename when ByName.TryGetValue(asked.FileByFilename, out var file):
                reply.FileDescriptorResponse = Whole(file);
                break;
            case MessageRequestOneofCase.FileContainingSymbol when BySymbol.TryGetValue(asked.FileContainingSymbol, out var file):
                reply.FileDescriptorResponse = Whole(file);
                break;
            case MessageRequestOneofCase.AllExtensionNumbersOfType when BySymbol.ContainsKey(asked.AllExtensionNumbersOfType):
                reply.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = asked.AllExtensionNumbersOfType };
                break;
            case MessageRequestOneofCase.None:
                reply.ErrorResponse = new ErrorResponse { ErrorCode = InvalidArgument, ErrorMessage = "nothing is asked for" };
                break;
            default:
                reply.ErrorResponse = new ErrorResponse { ErrorCode = NotFound, ErrorMessage = "there is no such thing" };
                break;
        }
        return reply;
    }

    private static FileDescriptorResponse Whole(FileDescriptor file)
    {
        var reply = new FileDescriptorResponse();
        reply.FileDescriptorProto.Add(WithImports([file]).Select(one => one.SerializedData));
        return reply;
    }

    private static IEnumerable<FileDescriptor> WithImports(IEnumerable<FileDescriptor> files) =>
        files.SelectMany(file => WithImports(file.Dependencies).Prepend(file)).DistinctBy(file => file.Name, StringComparer.Ordinal);

    private static Dictionary<string, FileDescriptor> Symbols()
    {
        var symbols = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        foreach (var file in ByName.Values)
        {
            foreach (var name in file.Services.SelectMany(service => service.Methods.Select(method => method.FullName).Prepend(service.FullName))
                .Concat(file.MessageTypes.SelectMany(Names)).Concat(file.EnumTypes.Select(type => type.FullName)))
            {
                symbols[name] = file;
            }
        }
        return symbols;
    }

    private static IEnumerable<string> Names(MessageDescriptor type) =>
        type.NestedTypes.SelectMany(Names).Concat(type.EnumTypes.Select(one => one.FullName)).Prepend(type.FullName);
}
