using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>A request as it goes over the wire. Text is Latin-1: each character is a byte.</summary>
internal sealed record FuzzRequest(string Method, string Target)
{
    public string Version { get; init; } = "HTTP/1.1";

    public ImmutableList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    /// <summary>Whether the headers say how long the body is, instead of this.</summary>
    public bool IsFramed { get; init; }

    /// <summary>All of it, byte by byte, instead of what the rest says.</summary>
    public byte[]? Whole { get; init; }

    /// <summary>Whether it is no HTTP, so that the server may close the connection instead of answering.</summary>
    public bool IsRaw { get; init; }

    /// <summary>What was done to it, for the report.</summary>
    public ImmutableList<string> Spoiled { get; init; } = [];

    /// <summary>Whether its answer has no body.</summary>
    public bool IsHead => Whole is null ? Method == "HEAD" : Whole.AsSpan().StartsWith("HEAD "u8);

    public FuzzRequest With(string name, string value) =>
        this with { Headers = Headers.RemoveAll(header => header.Name == name).Add((name, value)) };

    public FuzzRequest And(string name, string value) => this with { Headers = Headers.Add((name, value)) };

    public byte[] ToBytes()
    {
        if (Whole is not null)
        {
            return Whole;
        }
        var head = new StringBuilder().Append(Method).Append(' ').Append(Target);
        head.Append(Version.Length > 0 ? " " : "").Append(Version).Append("\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }
        if (Body is not null && !IsFramed)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        }
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToBytes());
        return $"[{string.Join(", ", Spoiled)}] {(text.Length > 3000 ? $"{text[..3000]}... {text.Length} bytes" : text)}";
    }
}
