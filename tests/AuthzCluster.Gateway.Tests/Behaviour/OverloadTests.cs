using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Gateway.Tests.Behaviour;

public sealed class OverloadTests
{
    private const string Evaluate = "/api/v1/authorization/evaluate";

    [Fact]
    public async Task Questions_MoreThanAreHandledAtOnce_AreToldToComeAgainAndTheOthersAnswered()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var (begun, gate) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var options = cluster.Gateway with { Http = new() { Port = 0, MaxRequests = 4, MaxQueue = 0, QueueTime = TimeSpan.Zero } };
        await using var gateway = await RunningGateway.StartAsync(options, cluster.AdminKey, services =>
        {
            var real = (IDecisions)services.Last(service => service.ServiceType == typeof(IDecisions)).ImplementationInstance!;
            services.AddSingleton(PortProxy<IDecisions>.Over(real, (method, arguments) => method == nameof(IDecisions.EvaluateAsync) ? HeldAsync(real, arguments) : null));
        });
        var question = new { user = "alice", permission = "a:b" };
        var held = Enumerable.Range(0, 2).Select(_ => gateway.Api.PostAsync(Evaluate, question)).ToList();
        await begun.WaitAsync();
        await begun.WaitAsync();

        // Half of what is handled is one credential's.
        var refused = await gateway.Api.PostAsync(Evaluate, question);
        (await gateway.Api.GetAsync("/health/ready")).Is(200);
        gate.SetResult();

        Assert.True(refused.Status is 429 or 503, refused.Text);
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        Assert.All(await Task.WhenAll(held), reply => reply.Is(200));
        (await gateway.Api.PostAsync(Evaluate, question)).Is(200);

        async ValueTask<Result<Decision>> HoldAsync(IDecisions real, object?[] arguments)
        {
            begun.Release();
            await gate.Task;
            return await real.EvaluateAsync((Domain.Tenancy.TenantId)arguments[0]!, (AccessRequest)arguments[1]!, (DateTimeOffset)arguments[2]!);
        }

        object HeldAsync(IDecisions real, object?[] arguments) => HoldAsync(real, arguments);
    }
}
