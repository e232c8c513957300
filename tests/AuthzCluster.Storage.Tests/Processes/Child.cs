using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Storage.Tests.Processes;

/// <summary>
/// What this assembly does as a process of its own: <c>open DIR</c>, or <c>write DIR ROUND</c> until it is killed;
/// <c>postgres CONNECTION ROUND</c> writes to a server.
/// </summary>
internal static class Child
{
    public const int Refused = 3;

    public static readonly TenantId Tenant = new("acme");

    public static ActorKey Key(string id) => ActorKey.Of(Tenant, SubjectId.User(id));

    public static IndexRow Row(string id) => new(Tenant, IndexNames.RoleHolders, "viewer", id);

    private static async Task<int> Main(string[] args)
    {
        try
        {
            if (args[0] == "postgres")
            {
                await using var shared = new PostgresStore(new(args[1]));
                await WriteAsync(shared, args[2]);
            }

            await using var store = await SqliteStore.OpenAsync(new(args[1]));
            if (args[0] == "write")
            {
                await WriteAsync(store, args[2]);
            }

            return 0;
        }
        catch (Exception e) when (e is DataDirectoryInUseException or StoreRefusedException)
        {
            Console.WriteLine($"{e.GetType().Name}: {e.Message}");
            return Refused;
        }
    }

    private static Task WriteAsync(IActorStore store, string round) =>
        Task.WhenAll(Enumerable.Range(0, 16).Select(writer => WriteAsOneAsync(store, $"{round}-{writer}")));

    // Says an id when, and only when, its commit was acknowledged.
    private static async Task WriteAsOneAsync(IActorStore store, string writer)
    {
        for (var i = 0; ; i++)
        {
            var id = $"{writer}-{i}";
            var commit = new Commit(Key(id), 0, new byte[200 + (i % 3000)]) { Adds = [Row(id)], Outbox = [new(Tenant, [1])] };
            if (await store.CommitAsync(commit) == CommitOutcome.Committed)
            {
                Console.WriteLine(id);
            }
        }
    }
}
