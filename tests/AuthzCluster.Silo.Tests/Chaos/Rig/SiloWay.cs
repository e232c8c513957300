using AuthzCluster.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>An Orleans client that knows one silo only, so that what that silo believes is what it is told.</summary>
internal sealed class SiloWay(string name, string address, string key) : Way(name), IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddAuthzClusterOrleansClient(options =>
        (options.Silos, options.ApiKey, options.Tenant) = ([address], key, Fact.Tenant)).BuildServiceProvider();

    public override bool IsGateway => false;

    public override async Task<bool?> AskAsync(Fact fact, string subject)
    {
        try
        {
            var question = new AccessQuestion(Principal.User(subject), fact.Permission) { Resource = fact.Resource };
            return (await _services.GetRequiredService<IAuthorizationClient>().EvaluateAsync(question)).IsAllowed;
        }
        catch (Exception e) when (e is UnavailableException or RateLimitedException)
        {
            return null;
        }
        catch (AuthzException e)
        {
            throw new OddAnswerException($"{e.Code}: {e}");
        }
    }

    public override async Task<WriteResult?> WriteAsync(Fact fact, bool isSo, string key)
    {
        try
        {
            await fact.OverOrleans(isSo)!(_services.GetRequiredService<IRoleService>(), key);
            return WriteResult.Done;
        }
        catch (Exception e) when (e is UnavailableException or RateLimitedException)
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

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
