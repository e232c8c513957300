using System.IO.Compression;
using System.Text;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Http.Tests.Support;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>What is below messages: frames, encodings, limits, ends.</summary>
[Collection(ServerCollection.Name)]
public sealed class GrpcProtocolTests(ServerFixture server)
{
    private const string Evaluate = GrpcClient.Authorization + "Evaluate", Stream = GrpcClient.Authorization + "EvaluateStream";
    private static readonly EvaluateRequest Question = new() { User = "alice", Permission = "a:b" };

    private GrpcClient Client() => new(server.GrpcUrl, server.Key);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }
        return packed.ToArray();
    }

    public static TheoryData<string, byte[], int, string> BadBodies() => new()
    {
        { "nothing", [], 13, "malformed_message" },
        { "half a head", [0, 0, 0], 13, "malformed_message" },
        { "half a message", [0, 0, 0, 0, 9, 1, 2], 13, "malformed_message" },
        { "an odd flag", [7, 0, 0, 0, 0], 13, "malformed_message" },
        { "two messages", [.. GrpcClient.Frame(Question), .. GrpcClient.Frame(Question)], 13, "malformed_message" },
        { "more behind it", [.. GrpcClient.Frame(Question), 0], 13, "malformed_message" },
        { "compressed, not saying how", GrpcClient.Frame(Packed(Question.ToByteArray()), flag: 1), 13, "malformed_message" },
        { "no protobuf", GrpcClient.Frame([0xFF, 0xFF, 0xFF]), 3, "validation_failed" },
        { "text", GrpcClient.Frame(Encoding.UTF8.GetBytes("{\"user\":\"alice\"}")), 3, "validation_failed" },
        { "an unknown field", GrpcClient.Frame([.. Question.ToByteArray(), 0xFA, 0x3F, 0x01, 0x61]), 3, "validation_failed" },
        { "bad UTF-8", GrpcClient.Frame([0x12, 0x02, 0xC3, 0x28, 0x1A, 0x03, (byte)'a', (byte)':', (byte)'b']), 3, "validation_failed" },
        { "bad UTF-8 of the same length", GrpcClient.Frame([0x12, 0x03, 0xF0, 0x9F, 0x98, 0x1A, 0x03, (byte)'a', (byte)':', (byte)'b']), 3, "validation_failed" },
        { "a message of 2 GiB", [0, 0x7F, 0xFF, 0xFF, 0xFF], 8, "payload_too_large" },
        { "a message of 4 GiB", [0, 0xFF, 0xFF, 0xFF, 0xFF], 8, "payload_too_large" },
        { "an empty message", GrpcClient.Frame([]), 3, "validation_failed" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Call_WithABadBody_IsRefusedForIt(string what, byte[] body, int status, string code)
    {
        using var client = Client();

        var reply = await client.SendBytesAsync(Evaluate, body);

        Assert.True(reply.Status == status, $"{what}: {reply.Status} {reply.Message}");
        reply.Refused(status, code);
        Assert.Equal("no_assignment", (await client.CallAsync(Evaluate, Question)).One<EvaluateResponse>().Reason);
    }

    [Fact]
    public async Task Call_OfTheLargestMessage_IsReadAndAboveIsNot()
    {
        const int limit = 1024 * 1024;
        using var client = Client();
        EvaluateRequest Of(int length) => new(Question) { Context = new Struct { Fields = { ["x"] = Value.ForString(new string('x', length)) } } };
        var fits = Of(limit - (Of(limit).CalculateSize() - limit));
        Assert.Equal(limit, fits.CalculateSize());

        Assert.Equal("no_assignment", (await client.CallAsync(Evaluate, fits)).One<EvaluateResponse>().Reason);
        (await client.CallAsync(Evaluate, Of(limit))).Refused(8, "payload_too_large");
    }

    [Fact]
    public async Task Call_InGzip_IsReadAndABombIsNot()
    {
        using var client = Client();
        var bomb = new EvaluateRequest(Question) { Context = new Struct { Fields = { ["x"] = Value.ForString(new string('x', 64 * 1024 * 1024)) } } };

        Assert.Equal("no_assignment", (await client.SendBytesAsync(Evaluate, GrpcClient.Frame(Packed(Question.ToByteArray()), flag: 1), ("grpc-encoding", "gzip"))).One<EvaluateResponse>().Reason);
        Assert.Equal("no_assignment", (await client.SendBytesAsync(Evaluate, GrpcClient.Frame(Question), ("grpc-encoding", "gzip"))).One<EvaluateResponse>().Reason);
        (await client.SendBytesAsync(Evaluate, GrpcClient.Frame(Packed(bomb.ToByteArray()), flag: 1), ("grpc-encoding", "gzip"))).Refused(8, "payload_too_large");
        (await client.SendBytesAsync(Evaluate, GrpcClient.Frame([1, 2, 3], flag: 1), ("grpc-encoding", "gzip"))).Refused(13, "malformed_message");
    }

    [Fact]
    public async Task Call_InAnotherEncoding_IsUnimplementedAndTellsWhichThereAre()
    {
        using var client = Client();

        var reply = (await client.CallAsync(Evaluate, Question, ("grpc-encoding", "snappy"))).Refused(12, "unimplemented");

        Assert.Equal("identity,gzip", reply.Headers["grpc-accept-encoding"]);
    }

    [Theory]
    [InlineData("authz.v1.AuthorizationService/Nothing")]
    [InlineData("authz.v2.AuthorizationService/Evaluate")]
    [InlineData("api/v1/roles")]
    public async Task Call_OfNoMethod_IsUnimplemented(string method)
    {
        using var client = Client();

        (await client.CallAsync(method, Question)).Refused(12, "unimplemented");
    }

    [Theory]
    [InlineData(Evaluate)]
    [InlineData(Stream)]
    [InlineData(GrpcClient.Roles + "CreateRole")]
    [InlineData("authz.v1.AuthorizationService/Nothing")]
    [InlineData("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    public async Task Call_WithoutCredential_IsUnauthenticated(string method)
    {
        using var nobody = new GrpcClient(server.GrpcUrl, null);
        using var guess = new GrpcClient(server.GrpcUrl, "authzk_guess");

        (await nobody.CallAsync(method, Question)).Refused(16, "unauthenticated");
        (await guess.CallAsync(method, Question)).Refused(16, "unauthenticated");
    }

    [Fact]
    public async Task Call_WithARequestId_HasItBack()
    {
        using var client = Client();

        Assert.Equal("call-7", (await client.CallAsync(Evaluate, Question, ("x-request-id", "call-7"))).Headers["x-request-id"]);
        Assert.Equal("call-8", (await client.CallAsync(GrpcClient.Roles + "GetRole", new GetRoleRequest { RoleId = "none" }, ("x-request-id", "call-8"))).Headers["x-request-id"]);
    }

    [Theory]
    [InlineData("1x")]
    [InlineData("S")]
    [InlineData("-1S")]
    [InlineData("123456789S")]
    public async Task Call_WithATimeoutThatIsNone_IsRefused(string timeout)
    {
        using var client = Client();

        (await client.CallAsync(Evaluate, Question, ("grpc-timeout", timeout))).Refused(3, "validation_failed", "grpc-timeout");
    }

    [Fact]
    public async Task Call_WithTimeEnough_IsAnswered()
    {
        using var client = Client();

        Assert.Equal("no_assignment", (await client.CallAsync(Evaluate, Question, ("grpc-timeout", "99999999H"))).One<EvaluateResponse>().Reason);
        Assert.Equal("no_assignment", (await client.CallAsync(Evaluate, Question, ("grpc-timeout", "2M"))).One<EvaluateResponse>().Reason);
    }

    [Fact]
    public async Task Call_WhoseCallerSendsNothing_EndsAtItsDeadline()
    {
        using var client = Client();
        foreach (var method in new[] { Evaluate, Stream, GrpcClient.Roles + "GetRole" })
        {
            using var stream = await GrpcStream.OpenAsync(client, method, ("grpc-timeout", "300m"));

            (await stream.EndAsync()).Refused(4, "deadline_exceeded");
        }
    }

    [Fact]
    public async Task Stream_OfThousandAtOnce_AreAllOpenAndAnswered()
    {
        const int count = 1_000;
        using var client = Client();
        var streams = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => GrpcStream.OpenAsync(client, Stream)));

        await Task.WhenAll(streams.Select((stream, i) => stream.WriteAsync(new EvaluateRequest { User = $"u{i}", Permission = "a:b" }, Question)));
        await Task.WhenAll(streams.Select(async stream =>
        {
            Assert.Equal("no_assignment", (await stream.ReadAsync<EvaluateResponse>())!.Reason);
            Assert.Equal("no_assignment", (await stream.ReadAsync<EvaluateResponse>())!.Reason);
            stream.Complete();
            Assert.Equal(0, (await stream.EndAsync()).Status);
        }));
        Array.ForEach(streams, stream => stream.Dispose());
    }

    [Fact]
    public async Task Stream_ThatIsCancelled_DisturbsNoOther()
    {
        using var client = Client();
        using var stays = await GrpcStream.OpenAsync(client, Stream);
        for (var i = 0; i < 50; i++)
        {
            var goes = await GrpcStream.OpenAsync(client, Stream);
            await goes.WriteAsync(Question);
            goes.Dispose();
        }

        await stays.WriteAsync(Question);

        Assert.Equal("no_assignment", (await stays.ReadAsync<EvaluateResponse>())!.Reason);
        Assert.Equal("no_assignment", (await client.CallAsync(Evaluate, Question)).One<EvaluateResponse>().Reason);
    }

    [Fact]
    public async Task Stream_InPiecesOfOneByte_IsReadAllTheSame()
    {
        using var client = Client();
        using var stream = await GrpcStream.OpenAsync(client, Stream);
        foreach (var one in GrpcClient.Frame(Question))
        {
            await stream.WriteBytesAsync([one]);
        }

        Assert.Equal("no_assignment", (await stream.ReadAsync<EvaluateResponse>())!.Reason);
    }

    [Fact]
    public async Task Rest_OnThePortOfGrpc_IsAnsweredOverHttp2()
    {
        using var http = new HttpClient { BaseAddress = server.GrpcUrl, DefaultRequestVersion = System.Net.HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.Key);
        using var big = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{\"user\":\"alice\",\"permission\":\"a:b\",\"context\":{{\"x\":\"{new string('x', 200_000)}\"}}}}"));
        big.Headers.ContentType = new("application/json");

        using var reply = await http.PostAsync("/api/v1/authorization/evaluate", big);

        Assert.Equal(200, (int)reply.StatusCode);
        Assert.Contains("no_assignment", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
