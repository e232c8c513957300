using System.Collections.Concurrent;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>A write of a fact.</summary>
/// <param name="isSo">What it makes it.</param>
/// <param name="begun">Before it was first sent.</param>
internal sealed class FactWrite(bool isSo, long begun)
{
    private readonly ConcurrentQueue<string> _sent = new();

    public bool IsSo => isSo;

    public long Begun => begun;

    /// <summary>When its first answer was there; null: none is.</summary>
    public long? Acknowledged { get; set; }

    /// <summary>It is sent somewhere, or an answer came.</summary>
    public void Note(string what) => _sent.Enqueue($"{Moment.Now.AsText()} {what}");

    public override string ToString() =>
        $"{(IsSo ? "on " : "off")} {Begun.AsText()} to {Acknowledged?.AsText() ?? "?"}: {string.Join(", ", _sent)}";
}
