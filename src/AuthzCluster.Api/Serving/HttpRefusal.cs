using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace AuthzCluster.Api.Serving;

/// <summary>Why a process cannot listen, in one line that names the option.</summary>
internal static class HttpRefusal
{
    /// <summary>The line; null: it is about something else.</summary>
    public static string? Of(Exception e, HttpServing serving) => e switch
    {
        IOException { InnerException: AddressInUseException } when serving.OpenGrpcPort is { } grpc and not 0 && e.Message.Contains($":{grpc}:", StringComparison.Ordinal) =>
            $"--grpc-port: {grpc} is in use on {serving.Address}; choose another, or off",
        IOException { InnerException: AddressInUseException } or AddressInUseException => $"--port: {serving.Port} is in use on {serving.Address}",
        SocketException or IOException { InnerException: SocketException } => $"--address: cannot listen on {serving.Address}:{serving.Port}: {e.Message}",
        _ => null,
    };
}
