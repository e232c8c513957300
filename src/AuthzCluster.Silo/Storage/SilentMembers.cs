using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AuthzCluster.Silo.Storage;

/// <summary>
/// Silos that ended without a word count as members until nothing was heard of them for a while. Orleans lets one join only when it has reached all
/// members, and looks but once which of them are silent: who came before that would wait for minutes, and in vain. So it is waited for here.
/// </summary>
internal sealed partial class SilentMembers(SiloOptions options, TimeSpan silentAfter, ILogger<SilentMembers> log)
{
    // Orleans' numbers of silos that joined, and have not said that they leave.
    private const string Heard = """
        SELECT address, port FROM authz.membership
        WHERE deployment_id = $1 AND status IN (2, 3, 4, 5) AND greatest(i_am_alive_at, start_time) > $2 AND NOT (address = $3 AND port = $4)
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(1);

    /// <summary>Waits until each member that was heard of lately can be reached.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        for (var hasSaid = false; await FindAsync(stop) is { } silent; hasSaid = true)
        {
            if (!hasSaid)
            {
                LogWaiting(silent.ToString(), silentAfter);
            }
            await Task.Delay(Pause, stop);
        }
    }

    private async Task<IPEndPoint?> FindAsync(CancellationToken stop)
    {
        try
        {
            foreach (var member in await ReadAsync(stop))
            {
                if (!await AnswersAsync(member, stop))
                {
                    return member;
                }
            }
        }
        catch (NpgsqlException)
        {
            // Joining needs the database too, and tells what is wrong with it.
        }
        return null;
    }

    private async Task<List<IPEndPoint>> ReadAsync(CancellationToken stop)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.Database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        using var command = new NpgsqlCommand(Heard, connection)
        {
            Parameters =
            {
                new() { Value = options.ClusterId }, new() { Value = DateTime.UtcNow - silentAfter },
                new() { Value = options.Address.ToString() }, new() { Value = options.SiloPort },
            },
        };
        using var rows = await command.ExecuteReaderAsync(stop);
        var members = new List<IPEndPoint>();
        while (await rows.ReadAsync(stop))
        {
            members.Add(new IPEndPoint(IPAddress.Parse(rows.GetString(0)), rows.GetInt32(1)));
        }
        return members;
    }

    private static async Task<bool> AnswersAsync(IPEndPoint member, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        using var socket = new Socket(member.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(member, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the silo at {Member} is a member and does not answer: joining waits until it answers, leaves, or was silent for {SilentAfter}")]
    private partial void LogWaiting(string member, TimeSpan silentAfter);
}
