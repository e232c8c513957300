using System.Net.Sockets;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres.Opening;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Leases;

/// <summary>
/// The table of leases in the cluster's database, over a few connections of its own, which no other work keeps busy. Always of the primary. A call
/// gives up after about three seconds, so that a database which hangs costs a renewal and not the lease.
/// </summary>
public sealed class PostgresLeases : ILeaseTable, IAsyncDisposable
{
    // Also for some that hang, each until its time limit, while later ones are sent.
    private const int MostConnections = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Connections _connections;

    /// <summary>Connects when it is first asked.</summary>
    /// <param name="connectionString">Npgsql's. Pool and time limits are set here.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public PostgresLeases(string connectionString) =>
        _connections = new Connections(new PostgresStoreOptions(connectionString) { MaxReaders = MostConnections, CommandTimeout = Limit });

    /// <inheritdoc/>
    /// <remarks>Never sent twice: the first copy might come after the row was fenced and dropped, and raise it from the dead.</remarks>
    public async ValueTask InsertAsync(Guid id, string node, TimeSpan duration) =>
        await OnceAsync(connection => connection.Command(LeaseStatements.Insert).Id(id).Text(node).Milliseconds(duration).ValueAsync<object>()).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<bool> IsHeldAsync(Guid id) => AgainAsync(connection => connection.Command(LeaseStatements.IsHeld).Id(id).ValueAsync<bool>());

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeaseRow>> ListAsync() => AgainAsync<IReadOnlyList<LeaseRow>>(async connection =>
        await connection.Command(LeaseStatements.List).ListAsync(LeaseStatements.Row).ConfigureAwait(false));

    /// <inheritdoc/>
    public ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own) =>
        AgainAsync(async connection => (FenceOutcome)await connection.Command(LeaseStatements.Fence).Id(id).Id(own).ValueAsync<int>().ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask DropAsync(Guid id) =>
        await AgainAsync(connection => connection.Command(LeaseStatements.Drop).Id(id).ValueAsync<object>()).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask LeaveAsync(Guid id) =>
        await AgainAsync(connection => connection.Command(LeaseStatements.Leave).Id(id).ValueAsync<object>()).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    // What may be done twice is: an idle connection is found dead only by using it.
    private async ValueTask<T> AgainAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            return await OnceAsync(work).ConfigureAwait(false);
        }
        catch (StoreUnavailableException failure) when (failure.InnerException is { InnerException: not TimeoutException } cause && PostgresFailure.IsOfTheConnection(cause))
        {
            return await OnceAsync(work).ConfigureAwait(false);
        }
    }

    private async ValueTask<T> OnceAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            using var connection = await _connections.OpenReaderAsync().ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is NpgsqlException or IOException or SocketException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            if (PostgresFailure.IsOfTheConnection(cause))
            {
                _connections.ForgetIdleReaders();
            }

            throw PostgresFailure.Unavailable("Asking for leases", cause, PostgresFailure.IsUndoneForCertain(cause));
        }
    }
}
