using System.Diagnostics;
using AuthzCluster.Testing;
using System.Net;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>
/// A network of a cluster's own, whose lines can be cut and made slow: each silo is in a network namespace, as if it were another machine, and a bridge
/// connects them with this process, with gateways and with PostgreSQL. However the process ends, nothing is left of it, nor of what ran in it.
/// </summary>
internal sealed class ClusterNetwork : IDisposable
{
    // 10.192.0.0 to 10.255.255.0, a /24 each.
    private const int Subnets = 64 * 256, FirstNode = 10;

    // $1 its name, $2 its first three numbers, $3 how many nodes, $4 before the first of them. What processes that are no more left behind goes first.
    private const string SetUp = """
        set -e
        for old in $(ip netns list | cut -d' ' -f1 | grep '^az[0-9]*x[0-9a-f]*-'); do
            pid=${old#az}; [ -d "/proc/${pid%%x*}" ] || { ip netns pids "$old" | xargs -r kill -KILL; ip netns del "$old"; } || true
        done
        ip netns add "$1-lan"
        ip -n "$1-lan" link add lan type bridge
        ip -n "$1-lan" link set lan up
        ip netns exec "$1-lan" nft 'table bridge lines {
            set cut { type ipv4_addr . ipv4_addr; }
            chain forward { type filter hook forward priority 0; ip saddr . ip daddr @cut drop; }
        }'
        ip link add "$1" type veth peer name here netns "$1-lan"
        ip -n "$1-lan" link set here master lan up
        ip address add "$2.1/24" dev "$1"
        ip address add "$2.2/24" dev "$1"
        ip link set "$1" up
        for node in $(seq 1 "$3"); do
            ip netns add "$1-$node"
            ip -n "$1-$node" link add eth0 type veth peer name "node$node" netns "$1-lan"
            ip -n "$1-lan" link set "node$node" master lan up
            ip -n "$1-$node" address add "$2.$(($4 + node))/24" dev eth0
            ip -n "$1-$node" link set lo up
            ip -n "$1-$node" link set eth0 up
        done
        """;

    // Ends when the pipe to it does: with this process, even if that is killed.
    private const string TidyUp = """
        exec >/dev/null 2>&1; trap '' INT TERM; cat
        for mine in $(ip netns list | cut -d' ' -f1 | grep "^$1-"); do ip netns pids "$mine" | xargs -r kill -KILL; ip netns del "$mine"; done
        ip link del "$1"
        """;

    private static readonly Lazy<string?> WhyNot = new(FindMissing);

    private static int _last = Environment.ProcessId * 97;

    private readonly string _name, _prefix;
    private readonly Process _tidying;
    private readonly List<(IPAddress One, IPAddress Other)> _cut = [];
    private readonly Lock _changes = new();

    /// <param name="nodes">How many silos can be in it.</param>
    public ClusterNetwork(int nodes)
    {
        var subnet = (int)((uint)Interlocked.Increment(ref _last) % Subnets);
        // An interface is named so too: 15 letters at most.
        _name = $"az{Environment.ProcessId}x{subnet:x}";
        _prefix = $"10.{192 + (subnet / 256)}.{subnet % 256}";
        _tidying = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", TidyUp, "sh", _name]) { RedirectStandardInput = true })!;
        Shell(SetUp, _name, _prefix, $"{nodes}", $"{FirstNode}");
        Places = [.. Enumerable.Range(1, nodes).Select(node => new SiloPlace(11_111, 30_000, 8_081, $"{_prefix}.{FirstNode + node}", $"{_name}-{node}"))];
    }

    /// <summary>Why there can be none on this machine; null: there can.</summary>
    public static string? Missing => WhyNot.Value;

    /// <summary>Where silos can be.</summary>
    public IReadOnlyList<SiloPlace> Places { get; }

    /// <summary>Where gateways and this process are seen.</summary>
    public IPAddress Here => IPAddress.Parse($"{_prefix}.1");

    /// <summary>Where PostgreSQL is to listen: on this machine, on a line of its own.</summary>
    public IPAddress Database => IPAddress.Parse($"{_prefix}.2");

    /// <summary>Loses whatever goes from one to the others or back, and tells nobody; connections stay, and hang. Dispose mends.</summary>
    public IDisposable Cut(IPAddress one, IEnumerable<IPAddress> others)
    {
        var lines = others.Select(other => (one, other)).ToList();
        Change(() => _cut.AddRange(lines));
        return new Mending(() => Change(() => lines.ForEach(line => _cut.Remove(line))));
    }

    /// <summary>Delays each packet from and to a place. Dispose makes the line as it was.</summary>
    public IDisposable Slow(SiloPlace place, TimeSpan least, TimeSpan most, Random random)
    {
        var node = place.Namespace![(_name.Length + 1)..];
        return new SlowLine($"{_name}-lan", $"node{node}", $"az{Environment.ProcessId}s{node}", least, most, random);
    }

    public void Dispose()
    {
        _tidying.StandardInput.Close();
        _tidying.WaitForExit();
        _tidying.Dispose();
    }

    internal static void Shell(string script, params string[] arguments)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. arguments]) { RedirectStandardError = true })!;
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, $"{script} ended with {shell.ExitCode}: {errors}");
    }

    private void Change(Action change)
    {
        lock (_changes)
        {
            change();
            var pairs = _cut.SelectMany(line => new[] { $"{line.One} . {line.Other}", $"{line.Other} . {line.One}" }).Distinct().ToList();
            Shell("ip netns exec \"$1\" nft \"$2\"", $"{_name}-lan",
                "flush set bridge lines cut" + (pairs.Count == 0 ? "" : $"; add element bridge lines cut {{ {string.Join(", ", pairs)} }}"));
        }
    }

    private static string? FindMissing()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "network namespaces need root";
        }
        foreach (var tool in new[] { "ip", "nft", "nsenter" })
        {
            if (!Tool.Run("sh", "-c", $"command -v {tool} >/dev/null"))
            {
                return $"{tool} is not installed (on Debian: apt-get install iproute2 nftables util-linux)";
            }
        }
        try
        {
            new ClusterNetwork(0).Dispose();
            return File.Exists("/dev/net/tun") ? null : "there is no /dev/net/tun";
        }
        catch (Xunit.Sdk.XunitException e)
        {
            return $"this kernel does not let us have one: {e.Message}";
        }
    }

    private sealed class Mending(Action mend) : IDisposable
    {
        public void Dispose() => mend();
    }
}
