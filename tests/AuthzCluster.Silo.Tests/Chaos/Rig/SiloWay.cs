using AuthzCluster.Actors.Ports;
using AuthzCluster.Client;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>
/// An Orleans client that knows one silo only, so that what that silo believes is what it is told. It asks with nothing before the question itself, as
/// a door that knows its caller does; it writes by way of the client library.
/// </summary>
internal sealed class SiloWay : Way, IAsyncDisposable
{
    // A question that a stopped silo has got is still waited for when the silo goes on.
    private static readonly ClusterCallOptions Calls = new() { ReadDeadline = TimeSpan.FromSeconds(15) };

    private readonly CancellationTokenSource _over = new();
    private readonly IHost _host;
    private readonly IDecisions _decisions;
    private readonly IRoleService _roles;
    private readonly Task _connected;

    public SiloWay(string name, string address, string key)
        : base(name)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("authz", "authz"));
            client.Services.AddSingleton<IGatewayListProvider>(new SiloAddresses([SiloAddresses.Parse(address)]));
            client.Services.AddSingleton<IClientConnectionRetryFilter>(new Retry());
        });
        builder.Services.AddAuthzClusterGrainClient(options => (options.ApiKey, options.Tenant) = (key, Fact.Tenant));
        _host = builder.Build();
        _roles = _host.Services.GetRequiredService<IRoleService>();
        _connected = _host.StartAsync(_over.Token);
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        _decisions = new ClusterPorts(() => grains, Calls, new OrderedIds(TimeProvider.System), TimeProvider.System, () => _connected.IsCompletedSuccessfully).Decisions;
    }

    public override bool IsGateway => false;

    public override async Task<bool?> AskAsync(Fact fact, string subject)
    {
        var request = new AccessRequest
        {
            Subject = new SubjectId(Principal.UserType, subject),
            Permission = Permission.Parse(fact.Permission),
            ResourceType = fact.Resource?.Type,
            ResourceId = fact.Resource?.Id,
        };
        var answer = await _decisions.EvaluateAsync(new TenantId(Fact.Tenant), request, DateTimeOffset.UtcNow);
        return answer.IsOk ? answer.Value.IsAllowed
            : answer.Error.Code == ErrorCode.Unavailable ? null : throw new OddAnswerException($"{answer.Error.Code}: {answer.Error.Detail}");
    }

    public override async Task<WriteResult?> WriteAsync(Fact fact, bool isSo, string key)
    {
        if (!_connected.IsCompletedSuccessfully)
        {
            return null;
        }
        try
        {
            await fact.OverOrleans(isSo)!(_roles, key);
            return WriteResult.Done;
        }
        catch (Exception e) when (e is UnavailableException or RateLimitedException or VersionConflictException)
        {
            return null;
        }
        catch (AssignmentNotFoundException)
        {
            return WriteResult.NotThere;
        }
        catch (AuthzException e)
        {
            throw new OddAnswerException($"{e.Code}: {e}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _connected.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _host.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
        _over.Dispose();
    }

    // There may be a silo again.
    private sealed class Retry : IClientConnectionRetryFilter
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !cancellationToken.IsCancellationRequested;
        }
    }
}
