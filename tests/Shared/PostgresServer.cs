using System.Diagnostics;
using System.Net;

namespace AuthzCluster.Testing;

/// <summary>
/// A real PostgreSQL server in a temporary directory, on a free port of loopback: durable as in production. One for the
/// process is shared by whoever asks for a database; who stops servers takes one of their own, which may be had at another
/// address of this machine too. However the process ends, nothing is left of it.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Missing = "PostgreSQL is not installed (no initdb in PATH or /usr/lib/postgresql/*/bin): install it, on Debian with `apt-get install postgresql`.";

    // Ends when the pipe to it does: with this process, even if that is killed.
    private const string TidyUp = """
        exec >/dev/null 2>&1; trap '' INT TERM; cat
        if [ -f "$1/data/postmaster.pid" ]; then server=$(head -1 "$1/data/postmaster.pid"); kill -QUIT "$server"; kill -CONT "$server" $(cat "/proc/$server/task/$server/children"); fi
        while [ -f "$1/data/postmaster.pid" ]; do sleep 0.1; done
        rm -rf "$1"
        """;

    private static readonly Lazy<PostgresServer> OfTheProcess = new(() => new PostgresServer());

    private static int _databases;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _binaries = FindBinaries();
    private readonly Process _tidying;

    private readonly Lock _states = new();
    private readonly string _address;

    /// <param name="address">Where it is reached from other places than this machine; null: nowhere.</param>
    public PostgresServer(IPAddress? address = null)
    {
        _address = (address ?? IPAddress.Loopback).ToString();
        Port = LoopbackPort.Free();
        _tidying = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", TidyUp, "sh", _directory.Path]) { RedirectStandardInput = true })!;
        // The server does not run as root: the directory is the other user's.
        if (Environment.IsPrivilegedProcess)
        {
            Must("chown", "postgres", _directory.Path);
        }

        Run("initdb", "-D", Data, "-U", "authz", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = '127.0.0.1,{_address}'
            port = {Port}
            unix_socket_directories = '{_directory.Path}'
            max_connections = 600
            fsync = on
            synchronous_commit = on
            """);
        File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), $"host all all {_address}/24 trust\n");
        Start();
    }

    /// <summary>The one that is shared.</summary>
    public static PostgresServer Shared => OfTheProcess.Value;

    public int Port { get; }

    private string Data => Path.Combine(_directory.Path, "data");

    /// <summary>How a database of this server is connected to.</summary>
    public string ConnectionString(string database) => $"Host={_address};Port={Port};Username=authz;Database={database}";

    /// <summary>A new database, empty or as another is that nobody is connected to; how it is connected to.</summary>
    public string CreateDatabase(string template = "template1")
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        Execute($"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionString(name);
    }

    /// <summary>Runs a statement.</summary>
    public void Execute(string sql, string database = "postgres") => Must(
        Path.Combine(_binaries, "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "authz", "-d", database, "-c", sql);

    /// <summary>Starts it again, and waits until it answers.</summary>
    public void Start()
    {
        lock (_states)
        {
            Run("pg_ctl", "-D", Data, "-l", Path.Combine(_directory.Path, "log"), "-w", "-t", "120", "start");
        }
    }

    /// <summary>Stops it as a crash would, paused or not: no connection is told, nothing is written out.</summary>
    public void StopAtOnce()
    {
        lock (_states)
        {
            SignalAll("CONT");
            Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        }
    }

    /// <summary>Stops all its processes in their tracks: who connects or asks gets no answer, until it goes on. One that is down stays down.</summary>
    public void Pause()
    {
        lock (_states)
        {
            SignalAll("STOP");
        }
    }

    /// <summary>Lets them go on.</summary>
    public void Resume()
    {
        lock (_states)
        {
            SignalAll("CONT");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tidying.StandardInput.Close();
        _tidying.WaitForExit();
        _tidying.Dispose();
    }

    private void SignalAll(string signal)
    {
        if (!File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            return;
        }
        var server = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        Must("kill", ["-s", signal, server]);
        foreach (var status in Directory.GetDirectories("/proc").Select(process => Path.Combine(process, "stat")).Where(File.Exists))
        {
            // Those that it started. One that ends meanwhile is none of them any more.
            if (Parent(status) == server)
            {
                using var kill = Process.Start(new ProcessStartInfo("kill", ["-s", signal, status.Split('/')[2]]) { RedirectStandardError = true })!;
                kill.WaitForExit();
            }
        }
    }

    private static string? Parent(string stat)
    {
        try
        {
            var text = File.ReadAllText(stat);
            return text[(text.LastIndexOf(')') + 2)..].Split(' ')[1];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string FindBinaries()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0).Select(path => Path.Combine(path, "bin"))
            : [];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "pg_ctl")))
            ?? throw new InvalidOperationException(Missing);
    }

    private static void Must(string program, params string[] arguments)
    {
        // Not through pipes: a server that is started would keep them open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        if (Environment.IsPrivilegedProcess)
        {
            Must("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Must(path, arguments);
        }
    }
}
