using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A TCP connection from a place of a network to an address of this process, whose other end sends back what it gets, line by line.</summary>
internal sealed class Line : IDisposable
{
    private readonly Process _echo;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    private Line(Process echo, TcpClient client) =>
        (_echo, _reader, _writer) = (echo, new StreamReader(client.GetStream()), new StreamWriter(client.GetStream()) { AutoFlush = true });

    /// <summary>What was sent there and has come back.</summary>
    public Task<string?> AnswerAsync() => _reader.ReadLineAsync();

    public Task SendAsync(string text) => _writer.WriteLineAsync(text);

    public static async Task<Line> OpenAsync(SiloPlace from, IPAddress to)
    {
        using var listener = new TcpListener(to, 0);
        listener.Start();
        var echo = Bash(from, "exec 3<>\"/dev/tcp/$0/$1\"; while read -r line <&3; do echo \"$line\" >&3; done", $"{to}", $"{((IPEndPoint)listener.LocalEndpoint).Port}");
        return new Line(echo, await listener.AcceptTcpClientAsync());
    }

    /// <summary>Whether a place can connect to a port within a second.</summary>
    public static async Task<bool> CanConnectAsync(SiloPlace from, string host, int port)
    {
        using var attempt = Bash(from, "timeout 1 bash -c 'exec 3<>\"/dev/tcp/$0/$1\"' \"$0\" \"$1\"", host, $"{port}");
        await attempt.WaitForExitAsync();
        return attempt.ExitCode == 0;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _echo.WaitForExit();
        _echo.Dispose();
    }

    private static Process Bash(SiloPlace from, string script, params string[] arguments) => Process.Start(
        new ProcessStartInfo("nsenter", [$"--net=/run/netns/{from.Namespace}", "bash", "-c", script, .. arguments]) { RedirectStandardError = true })!;
}
