using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit.Sdk;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>One connection to the server, used again as long as the server keeps it; answers are taken apart here.</summary>
internal sealed class FuzzConnection(Uri url) : IDisposable
{
    // A server that says nothing for so long stalls.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TcpClient? _client;
    private NetworkStream _stream = null!;
    private byte[] _bytes = new byte[64 * 1024];
    private int _start, _end;
    private FuzzRequest _request = null!;

    /// <summary>All answers to a request; none: the connection was closed. Of a raw one, all until the server closes.</summary>
    public async Task<List<FuzzAnswer>> SendAsync(FuzzRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        _request = request;
        if (request.IsRaw || _client is null)
        {
            await OpenAsync(patience.Token);
        }
        var answers = new List<FuzzAnswer>();
        try
        {
            await TrySendAsync(request, patience.Token);
            while (await ReadAsync(request.IsHead, patience.Token) is { } answer)
            {
                answers.Add(answer);
                if (!request.IsRaw)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Closed: what was answered before counts.
        }
        if (request.IsRaw || answers.Count == 0 || answers[^1].Closes)
        {
            Dispose();
        }
        return answers;
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    // The server may have answered and closed before all was sent: that answer is worth reading.
    private async Task TrySendAsync(FuzzRequest request, CancellationToken cancel)
    {
        try
        {
            await _stream.WriteAsync(request.ToBytes(), cancel);
            if (request.IsRaw)
            {
                _client!.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
        }
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        Dispose();
        (_start, _end) = (0, 0);
        _client = new TcpClient { NoDelay = true };
        await _client.ConnectAsync(url.Host, url.Port, cancel);
        _stream = _client.GetStream();
    }

    private async Task<FuzzAnswer?> ReadAsync(bool isHead, CancellationToken cancel)
    {
        var head = await LineBlockAsync(cancel);
        if (head is null)
        {
            return null;
        }
        var lines = head.Split("\r\n");
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair.Length > 1 ? pair[1] : "")).ToList();
        var answer = new FuzzAnswer(status, headers, "");
        if (status < 200)
        {
            return await ReadAsync(isHead, cancel);
        }
        var hasBody = !isHead && status is not (204 or 304);
        return answer with { Body = hasBody ? await BodyAsync(answer, cancel) : "" };
    }

    private async Task<string> BodyAsync(FuzzAnswer answer, CancellationToken cancel)
    {
        if (answer.Header("Content-Length") is { } length)
        {
            return Encoding.UTF8.GetString(await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture), cancel));
        }
        Assert.True(answer.Header("Transfer-Encoding") == "chunked", $"no length: {answer}");
        var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse(await LineAsync(cancel) ?? throw Cut("a body between its chunks"), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await TakeAsync(size, cancel));
            await LineAsync(cancel);
            if (size == 0)
            {
                return Encoding.UTF8.GetString(body.ToArray());
            }
        }
    }

    private Task<string?> LineBlockAsync(CancellationToken cancel) => UntilAsync("\r\n\r\n"u8.ToArray(), cancel);

    private Task<string?> LineAsync(CancellationToken cancel) => UntilAsync("\r\n"u8.ToArray(), cancel);

    private async Task<string?> UntilAsync(byte[] mark, CancellationToken cancel)
    {
        int at;
        while ((at = _bytes.AsSpan(_start, _end - _start).IndexOf(mark)) < 0)
        {
            if (!await FillAsync(cancel))
            {
                // A frame of HTTP/2 begins with its length: who asks for that protocol is told so in it.
                return _start == _end || _bytes[_start] == 0 ? null : throw Cut(Encoding.Latin1.GetString(_bytes, _start, _end - _start));
            }
        }
        var text = Encoding.Latin1.GetString(_bytes, _start, at);
        _start += at + mark.Length;
        return text;
    }

    private async Task<byte[]> TakeAsync(int count, CancellationToken cancel)
    {
        while (_end - _start < count)
        {
            if (!await FillAsync(cancel))
            {
                throw Cut("a body");
            }
        }
        var taken = _bytes.AsSpan(_start, count).ToArray();
        _start += count;
        return taken;
    }

    // Whoever has closed its side, as each raw request has, is taken for gone, and the server may stop answering at any byte.
    private Exception Cut(string what) => _request.IsRaw ? new IOException(what) : new XunitException($"an answer was cut short, {what}, of\n{_request}");

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_bytes, _start, _bytes, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }
        var count = await _stream.ReadAsync(_bytes.AsMemory(_end), cancel);
        _end += count;
        return count > 0;
    }
}
