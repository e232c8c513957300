using System.Net.Sockets;
using System.Text;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>Requests byte by byte, for what no client library would send.</summary>
public static class RawHttp
{
    /// <summary>Sends one request whose target is taken as it is; answers the status and everything that came back.</summary>
    public static async Task<(int Status, string Text)> SendAsync(Uri url, string method, string target, string key, string body = "", string headers = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await using var stream = client.GetStream();
        var content = Encoding.Latin1.GetBytes(body);
        var length = body.Length > 0 || method is "POST" or "PUT" ? $"Content-Length: {content.Length}\r\nContent-Type: application/json\r\n" : "";
        var credential = key.Length > 0 ? $"Authorization: Bearer {key}\r\n" : "";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: close\r\n{credential}{length}{headers}\r\n"));
        await stream.WriteAsync(content);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        return (int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), text);
    }
}
