using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>One connection that is kept, with requests written by hand, to see what becomes of it.</summary>
internal sealed class RawConnection : IDisposable
{
    private const string HeadEnd = "\r\n\r\n";
    private readonly TcpClient _client = new() { NoDelay = true };
    private string _read = "";

    /// <summary>Connects; null: refused, while or before it was accepted.</summary>
    public static async Task<RawConnection?> OpenAsync(Uri url)
    {
        var connection = new RawConnection();
        try
        {
            await connection._client.ConnectAsync(url.Host, url.Port);
            return connection;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            connection.Dispose();
            return null;
        }
    }

    /// <summary>The head of a request with a body of JSON.</summary>
    public static string Head(string path, string key, int length, string more = "") =>
        $"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{more}\r\n";

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The next answer whole, its status first; null: the connection ended before it.</summary>
    public async Task<(int Status, string Text)?> AnswerAsync()
    {
        while (Length() is not { } length || _read.Length < length)
        {
            var bytes = new byte[4096];
            int count;
            try
            {
                count = await _client.GetStream().ReadAsync(bytes);
            }
            catch (IOException)
            {
                count = 0;
            }
            if (count == 0)
            {
                return null;
            }
            _read += Encoding.Latin1.GetString(bytes, 0, count);
        }
        var text = _read[..Length()!.Value];
        _read = _read[text.Length..];
        return (int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture), text);
    }

    public void Dispose() => _client.Dispose();

    private int? Length()
    {
        const string name = "Content-Length: ";
        var head = _read.IndexOf(HeadEnd, StringComparison.Ordinal);
        if (head < 0)
        {
            return null;
        }
        var at = _read.IndexOf(name, 0, head, StringComparison.Ordinal);
        var body = at < 0 ? 0 : int.Parse(_read[(at + name.Length).._read.IndexOf("\r\n", at, StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return head + HeadEnd.Length + body;
    }
}
