using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Vault;
using AuthzCluster.Storage;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Postgres.Leases;

namespace AuthzCluster.Silo.Storage;

/// <summary>The cluster's PostgreSQL database, as a silo opens it.</summary>
internal sealed partial class PostgresStorage(SiloOptions options, ILogger<PostgresStorage> log) : INodeStorage
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PostgresStore _store = new(new PostgresStoreOptions(options.Database!));
    private readonly PostgresLeases _leases = new(options.Database!);
    private readonly DataProtectionVault _vault = new(new PostgresKeyRing(options.Database!), options.Vault);
    private volatile PostgresInstallation? _installation;
    private volatile string? _waitsFor = "the database was not looked at yet";

    public IActorStore States => _store;

    public IAuditStore Audit => _store;

    public IVault Vault => _vault;

    public ILeaseTable Leases => _leases;

    public string? WriteProblem => _waitsFor ?? _store.WriteProblem;

    public async Task OpenAsync(CancellationToken stop)
    {
        while (_installation is null)
        {
            try
            {
                var installation = await PostgresSchema.CheckAsync(options.Database!, options.ServiceId, options.ClusterId);
                await VaultCheck.RunAsync(_store, _vault);
                _installation = installation;
                _waitsFor = null;
            }
            catch (StoreRefusedException e)
            {
                throw new StartRefusedException($"--database: {e.Message}", e);
            }
            catch (StoreUnavailableException e)
            {
                if (_waitsFor != e.Message)
                {
                    LogWaiting(e.Message);
                }
                _waitsFor = e.Message;
                await Task.Delay(Pause, stop);
            }
        }
    }

    public ValueTask<byte[]> ReadPageTokenKeyAsync() =>
        _installation is { } installation ? new(installation.PageTokenKey) : throw new StoreUnavailableException("the database was not looked at yet", isOutcomeKnown: true);

    public async Task CloseAsync()
    {
        await _leases.DisposeAsync();
        await _store.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "waiting for PostgreSQL: {Why}")]
    private partial void LogWaiting(string why);
}
