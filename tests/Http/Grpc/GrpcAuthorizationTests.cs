using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Http.Tests.Support;
using Google.Protobuf.WellKnownTypes;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>Questions over gRPC.</summary>
[Collection(ServerCollection.Name)]
public sealed class GrpcAuthorizationTests(ServerFixture server)
{
    private const string Evaluate = GrpcClient.Authorization + "Evaluate", Batch = GrpcClient.Authorization + "EvaluateBatch", Stream = GrpcClient.Authorization + "EvaluateStream";

    private static EvaluateRequest Question(string user, string permission) => new() { User = user, Permission = permission };

    private async Task<GrpcClient> ClerkAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "alice");
        return new GrpcClient(server.GrpcUrl, server.Key) { Tenant = api.Tenant };
    }

    [Fact]
    public async Task Evaluate_OfAHolder_TellsWhatGranted()
    {
        using var client = await ClerkAsync();

        var answer = (await client.CallAsync(Evaluate, Question("alice", "invoices:read"))).One<EvaluateResponse>();

        Assert.Equal((true, "granted", "invoices:read", "clerk"), (answer.Decision, answer.Reason, answer.MatchedPermission, answer.MatchedRole));
        Assert.NotEmpty(answer.MatchedAssignment);
        Assert.True(answer.ModelRevision > 0 && answer.SubjectRevision > 0);
        Assert.Null(answer.ValidUntil);
        Assert.Empty(answer.Trace);
    }

    [Fact]
    public async Task Evaluate_OfAnother_IsDeniedWithTheReason()
    {
        using var client = await ClerkAsync();

        var answer = (await client.CallAsync(Evaluate, Question("bob", "invoices:read"))).One<EvaluateResponse>();

        Assert.Equal((false, "no_assignment", false), (answer.Decision, answer.Reason, answer.HasMatchedRole));
    }

    [Fact]
    public async Task Evaluate_Explained_HasTheTrace()
    {
        using var client = await ClerkAsync();
        var question = Question("alice", "invoices:read");
        question.Explain = true;

        var answer = (await client.CallAsync(Evaluate, question)).One<EvaluateResponse>();

        Assert.Equal(("clerk", "granted"), (Assert.Single(answer.Trace).Role, answer.Reason));
    }

    [Fact]
    public async Task Evaluate_WithoutSubject_NamesTheField()
    {
        using var client = await ClerkAsync();

        (await client.CallAsync(Evaluate, new EvaluateRequest { Permission = "a:b" })).Refused(3, "validation_failed", "subject");
        (await client.CallAsync(Evaluate, new EvaluateRequest { User = "alice" })).Refused(3, "validation_failed", "permission");
        (await client.CallAsync(Evaluate, Question("alice", "a:b:everywhere"))).Refused(3, "validation_failed", "permission");
        (await client.CallAsync(Evaluate, Question("..", "a:b"))).Refused(3, "validation_failed", "user");
        (await client.CallAsync(Evaluate, new EvaluateRequest { Subject = new Subject { Type = "team", Id = "x" }, Permission = "a:b" })).Refused(3, "validation_failed", "subject.type");
        (await client.CallAsync(Evaluate, new EvaluateRequest { User = "alice", Action = new() { Name = "read" } })).Refused(3, "validation_failed", "resource.type");
    }

    [Fact]
    public async Task Evaluate_WithImpossibleData_NamesTheField()
    {
        using var client = await ClerkAsync();
        var number = Question("alice", "a:b");
        number.Context = new Struct { Fields = { ["n"] = Value.ForNumber(double.NaN) } };
        var none = Question("alice", "a:b");
        none.Scope = new Struct { Fields = { ["n"] = new Value() } };
        var late = Question("alice", "a:b");
        late.At = new Timestamp { Seconds = long.MaxValue };
        var deep = Question("alice", "a:b");
        deep.Resource = new Resource { Properties = new Struct() };
        for (var i = 0; i < 30; i++)
        {
            deep.Resource.Properties = new Struct { Fields = { ["n"] = Value.ForStruct(deep.Resource.Properties) } };
        }

        (await client.CallAsync(Evaluate, number)).Refused(3, "validation_failed", "context");
        (await client.CallAsync(Evaluate, none)).Refused(3, "validation_failed", "scope");
        (await client.CallAsync(Evaluate, late)).Refused(3, "validation_failed", "at");
        (await client.CallAsync(Evaluate, deep)).Refused(3, "validation_failed", "resource.properties");
    }

    [Fact]
    public async Task Evaluate_OfAnotherWithoutTheRight_IsRefusedAndOfOneselfIsNot()
    {
        var api = await server.TenantAsync();
        using var client = new GrpcClient(server.GrpcUrl, server.TokenOf("nobody", api.Tenant)) { Tenant = api.Tenant };

        (await client.CallAsync(Evaluate, Question("alice", "a:b"))).Refused(7, "forbidden");
        Assert.Equal("no_assignment", (await client.CallAsync(Evaluate, Question("nobody", "a:b"))).One<EvaluateResponse>().Reason);
        var records = (await api.GetAsync("/api/v1/audit?action=access.refused")).Is(200).Items;
        Assert.Contains(records, record => record.GetRawText().Contains("/authz.v1.AuthorizationService/Evaluate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evaluate_InAnotherTenant_IsRefused()
    {
        var (api, other) = (await server.TenantAsync(), await server.TenantAsync());
        using var client = new GrpcClient(server.GrpcUrl, server.TokenOf("nobody", api.Tenant)) { Tenant = other.Tenant };

        (await client.CallAsync(Evaluate, Question("nobody", "a:b"))).Refused(7, "forbidden");
    }

    [Fact]
    public async Task Evaluate_InATenantThatIsNotThere_IsNotFound()
    {
        using var client = new GrpcClient(server.GrpcUrl, server.Key) { Tenant = "nowhere" };

        (await client.CallAsync(Evaluate, Question("alice", "a:b"))).Refused(5, "tenant_not_found");
        (await client.CallAsync(Batch, new EvaluateBatchRequest())).Refused(5, "tenant_not_found");
    }

    [Fact]
    public async Task EvaluateBatch_OfMany_AnswersInOrder()
    {
        using var client = await ClerkAsync();
        var questions = Enumerable.Range(0, 1000).Select(i => Question(i % 3 == 0 ? "alice" : "bob", "invoices:read"));

        var answers = (await client.CallAsync(Batch, new EvaluateBatchRequest { Evaluations = { questions } })).One<EvaluateBatchResponse>();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i % 3 == 0), answers.Decisions.Select(answer => answer.Decision));
    }

    [Fact]
    public async Task EvaluateBatch_OfOneTooMany_IsRefused()
    {
        using var client = await ClerkAsync();
        var questions = Enumerable.Repeat(Question("alice", "a:b"), 1001);
        var bad = new EvaluateBatchRequest { Evaluations = { Question("alice", "a:b"), Question("alice", "nonsense") } };

        (await client.CallAsync(Batch, new EvaluateBatchRequest { Evaluations = { questions } })).Refused(3, "validation_failed", "evaluations");
        (await client.CallAsync(Batch, bad)).Refused(3, "validation_failed", "evaluations[1].permission");
    }

    [Fact]
    public async Task EvaluateStream_TakingTurns_AnswersEachAndSeesChanges()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "invoices:read");
        using var client = new GrpcClient(server.GrpcUrl, server.Key) { Tenant = api.Tenant };
        using var stream = await GrpcStream.OpenAsync(client, Stream);

        await stream.WriteAsync(Question("alice", "invoices:read"));
        var before = await stream.ReadAsync<EvaluateResponse>();
        await api.AssignAsync("clerk", "alice");
        await stream.WriteAsync(Question("alice", "invoices:read"));
        var after = await stream.ReadAsync<EvaluateResponse>();
        stream.Complete();

        Assert.Equal((false, true), (before!.Decision, after!.Decision));
        Assert.Equal(0, (await stream.EndAsync()).Status);
    }

    [Fact]
    public async Task EvaluateStream_OfThousands_AnswersInOrder()
    {
        const int count = 5_000;
        using var client = await ClerkAsync();
        var body = Enumerable.Range(0, count).SelectMany(i => GrpcClient.Frame(Question(i % 7 == 0 ? "alice" : $"bob{i}", "invoices:read"))).ToArray();

        var reply = await client.SendBytesAsync(Stream, body);

        Assert.Equal(0, reply.Status);
        Assert.Equal(Enumerable.Range(0, count).Select(i => i % 7 == 0), reply.Messages.Select(message => EvaluateResponse.Parser.ParseFrom(message).Decision));
    }

    [Fact]
    public async Task EvaluateStream_WithABadQuestion_AnswersThoseBeforeItFirst()
    {
        using var client = await ClerkAsync();
        var body = new[] { Question("alice", "invoices:read"), Question("bob", "invoices:read"), Question("alice", "nonsense"), Question("alice", "invoices:read") }.SelectMany(GrpcClient.Frame).ToArray();

        var reply = await client.SendBytesAsync(Stream, body);

        reply.Refused(3, "validation_failed", "permission");
        Assert.Equal([true, false], reply.Messages.Select(message => EvaluateResponse.Parser.ParseFrom(message).Decision));
    }

    [Fact]
    public async Task EvaluateStream_OfAnotherWithoutTheRight_EndsRefused()
    {
        var api = await server.TenantAsync();
        using var client = new GrpcClient(server.GrpcUrl, server.TokenOf("nobody", api.Tenant)) { Tenant = api.Tenant };
        using var stream = await GrpcStream.OpenAsync(client, Stream);

        await stream.WriteAsync(Question("nobody", "a:b"));
        Assert.False((await stream.ReadAsync<EvaluateResponse>())!.Decision);
        await stream.WriteAsync(Question("alice", "a:b"));

        (await stream.EndAsync()).Refused(7, "forbidden");
    }
}
