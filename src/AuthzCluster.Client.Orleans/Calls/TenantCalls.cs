using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>Calls about one tenant, each let in as the API's door lets requests in.</summary>
internal sealed class TenantCalls(GrainConnection connection, string tenant)
{
    public GrainConnection Connection => connection;

    public TenantId Tenant { get; } = new(Texts.Id(tenant, "tenant"));

    public TenantCalls ForTenant(string other) => new(connection, other);

    /// <summary>A question; what may be asked is asked inside.</summary>
    public Task<T> AskAsync<T>(Func<GrainCall, Task<T>> ask, CancellationToken cancellationToken) => AskAsync("ask", ask, cancellationToken);

    /// <summary>A look at what is administered.</summary>
    /// <param name="right">What it needs.</param>
    /// <param name="read">Reads.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public Task<T> ReadAsync<T>(Permission right, Func<GrainCall, Task<T>> read, CancellationToken cancellationToken) => AskAsync(
        right.ToString(),
        async call =>
        {
            await call.AdmitAsync(right, Feature.BuiltInRoles).ConfigureAwait(false);
            return await read(call).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>A write under a request of its own.</summary>
    /// <param name="write">What it is, and needs.</param>
    /// <param name="idempotencyKey">The caller's key; null: a new one.</param>
    /// <param name="run">Writes.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public Task<T> WriteAsync<T>(GrainWrite write, string? idempotencyKey, Func<GrainCall, Task<T>> run, CancellationToken cancellationToken)
    {
        var call = new GrainCall(this, connection.NewDeadline(cancellationToken), Texts.IdempotencyKey(idempotencyKey));
        return call.RunAsync(begun => begun.TellAsync(write.Name, write.Parts[0], isWrite: true, async () =>
        {
            await begun.AdmitAsync(write.Right, write.Feature, write.IsScoped).ConfigureAwait(false);
            begun.Name(write, isRepeat: idempotencyKey is not null);
            return await run(begun).ConfigureAwait(false);
        }));
    }

    private Task<T> AskAsync<T>(string what, Func<GrainCall, Task<T>> ask, CancellationToken cancellationToken) =>
        new GrainCall(this, connection.NewDeadline(cancellationToken), key: null).RunAsync(call => call.TellAsync(what, null, isWrite: false, () => ask(call)));
}
