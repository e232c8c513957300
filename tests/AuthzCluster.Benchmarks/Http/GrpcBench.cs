using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Testing;
using Google.Protobuf;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>Calls of gRPC: one question each, beside a bare echo of the same message, and streams of questions.</summary>
internal static class GrpcBench
{
    private const string Service = "/authz.v1.AuthorizationService/";
    private const int Rounds = 3, Streams = 4, Together = 256;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3), Duration = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        var port = LoopbackPort.Free();
        await using var server = await ServerUnderTest.StartAsync(data.Path, "--grpc-port", port.ToString(CultureInfo.InvariantCulture));
        await server.PostAsync("/api/v1/roles", new { name = "clerk", permissions = new[] { "invoices:*" } });
        await server.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "user7" });
        var url = new Uri($"http://127.0.0.1:{port}");
        var question = Frame(new EvaluateRequest { User = "user7", Permission = "invoices:read" });
        using var http = new HttpClient(new SocketsHttpHandler { EnableMultipleHttp2Connections = true }) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);

        await StreamAsync(http, question, WarmUp);
        var best = 0d;
        for (var round = 0; round < Rounds; round++)
        {
            best = Math.Max(best, await StreamAsync(http, question, Duration));
        }
        report.Add($"EvaluateStream, {Streams} streams", best, "checks/s", atLeast: 200_000);
        if (!H2Load.IsInstalled)
        {
            report.LeaveOut("Evaluate", "h2load is not installed");
            return;
        }
        await EvaluateAsync(report, new Uri(url, Service + "Evaluate"), server.Key, question);
    }

    private static async Task EvaluateAsync(BenchReport report, Uri url, string key, byte[] question)
    {
        using var echo = await GrpcEcho.StartAsync();
        var (calls, bare) = (0d, 0d);
        for (var round = 0; round <= Rounds; round++)
        {
            var (bareNow, callsNow) = (await H2Load.RateAsync(echo.Url, key, question), await H2Load.RateAsync(url, key, question));
            // In the first the code is still being compiled.
            (bare, calls) = round == 0 ? (0, 0) : (Math.Max(bare, bareNow), Math.Max(calls, callsNow));
        }
        report.Add("bare echo", bare, "calls/s");
        report.Add("Evaluate", calls, "calls/s");
        report.Add("  over the bare echo", 100 * calls / bare, "%", atLeast: 60);
    }

    private static async Task<double> StreamAsync(HttpClient http, byte[] question, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => Task.Run(() => OneAsync(http, question, start, time))));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Sent and read as whole pieces: what a client does with its messages is not what is measured.
    private static async Task<long> OneAsync(HttpClient http, byte[] question, long start, TimeSpan time)
    {
        var piece = Enumerable.Repeat(question, Together).SelectMany(bytes => bytes).ToArray();
        using var content = new Questions(piece, () => Stopwatch.GetElapsedTime(start) < time);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, Service + "EvaluateStream") { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var answers = await response.Content.ReadAsStreamAsync();
        var (buffer, held, count) = (new byte[256 * 1024], 0, 0L);
        for (int read; (read = await answers.ReadAsync(buffer.AsMemory(held))) > 0;)
        {
            held += read;
            var at = 0;
            while (held - at >= 5 && BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(at + 1)) is var length && held - at >= 5 + length)
            {
                at += 5 + length;
                count++;
            }
            buffer.AsSpan(at, held - at).CopyTo(buffer);
            held -= at;
        }
        var status = response.TrailingHeaders.GetValues("grpc-status").Single();
        return status == "0" ? count : throw new InvalidOperationException($"the stream ended with {status}");
    }

    private static byte[] Frame(IMessage message)
    {
        var bytes = message.ToByteArray();
        var frame = new byte[5 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        bytes.CopyTo(frame, 5);
        return frame;
    }

    private sealed class Questions(byte[] piece, Func<bool> goesOn) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            while (goesOn())
            {
                await stream.WriteAsync(piece);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
