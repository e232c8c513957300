using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthzCluster.Http.Tests.OpenApi;

/// <summary>A page in a headless browser, spoken to by its own debugging protocol. Dispose ends it.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Announced = "DevTools listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryDirectory _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _late = new(Patience);
    private readonly Process _process;
    private string? _session;
    private int _last;

    private Chromium()
    {
        var start = new ProcessStartInfo(
            ChromiumFactAttribute.Program!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={_profile.Path}", "about:blank"])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>What pages complained about since the start: errors of scripts, and what was kept from running.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a page.</summary>
    public static async Task<Chromium> OpenAsync(Uri url)
    {
        var browser = new Chromium();
        try
        {
            await browser.ConnectAsync();
            var target = await browser.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
            browser._session = (await browser.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target.GetProperty("targetId").GetString(), ["flatten"] = true })).GetProperty("sessionId").GetString();
            await browser.SendAsync("Log.enable", []);
            await browser.SendAsync("Runtime.enable", []);
            await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = url.ToString() });
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression in the page; of a promise what it comes to.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var told = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.False(told.TryGetProperty("exceptionDetails", out var fault), fault.ToString());
        return told.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Waits until an expression in the page is something, and answers that.</summary>
    public async Task<string> UntilAsync(string expression)
    {
        while (true)
        {
            // A page that goes away meanwhile takes the promise with it: asked again, the next page answers.
            var told = await SendAsync("Runtime.evaluate", new JsonObject
            {
                ["expression"] = $"new Promise(done => {{ const look = () => {{ const is = {expression}; if (is) done(String(is)); }}; look(); new MutationObserver(look).observe(document, {{ childList: true, subtree: true, characterData: true }}); }})",
                ["awaitPromise"] = true, ["returnByValue"] = true,
            }, mayFail: true);
            if (told.ValueKind == JsonValueKind.Object && told.GetProperty("result").TryGetProperty("value", out var value))
            {
                return value.GetString()!;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        _late.Dispose();
        _profile.Dispose();
    }

    private async Task ConnectAsync()
    {
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(_late.Token) ?? throw new InvalidOperationException("chromium ended before it listened");
        }
        while (!line.StartsWith(Announced, StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync(); // nobody reads it, and it must not fill up
        _ = _process.StandardOutput.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line[Announced.Length..].Trim()), _late.Token);
    }

    private async Task<JsonElement> SendAsync(string method, JsonObject arguments, bool mayFail = false)
    {
        var id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = arguments };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, _late.Token);
        while (true)
        {
            var told = await ReceiveAsync();
            if (told.TryGetProperty("id", out var of) && of.GetInt32() == id)
            {
                return told.TryGetProperty("result", out var result) ? result : mayFail ? default : throw new InvalidOperationException($"{method}: {told}");
            }
            Note(told);
        }
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        using var whole = new MemoryStream();
        var part = new byte[64 * 1024];
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(part, _late.Token);
            whole.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonDocument.Parse(whole.ToArray()).RootElement;
    }

    private void Note(JsonElement told)
    {
        var isError = told.TryGetProperty("method", out var method) && method.GetString() switch
        {
            "Runtime.exceptionThrown" => true,
            "Log.entryAdded" => told.GetProperty("params").GetProperty("entry").GetProperty("level").GetString() == "error",
            _ => false,
        };
        if (isError)
        {
            Complaints.Add(told.ToString());
        }
    }
}
