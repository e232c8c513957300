using System.Collections.Concurrent;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>
/// A line of a bridge that passes through this process, which holds each frame back for a while and keeps their order. (Not netem: that is a module that
/// many kernels do not have.) Dispose makes the line as it was.
/// </summary>
internal sealed class SlowLine : IDisposable
{
    private const int LongestFrame = 70_000;

    // $1 the namespace, $2 the port of the bridge, $3 the name of what goes in between.
    private const string Insert = """
        set -e
        ip link set "$3a" netns "$1"; ip link set "$3b" netns "$1"
        ip -n "$1" link add "$3" type bridge
        ip -n "$1" link set "$3" up
        ip -n "$1" link set "$3a" master "$3" up
        ip -n "$1" link set "$3b" master lan up
        ip -n "$1" link set "$2" master "$3"
        """;
    private const string Remove = """
        ip -n "$1" link set "$2" master lan
        ip -n "$1" link del "$3a"; ip -n "$1" link del "$3b"; ip -n "$1" link del "$3"
        """;

    private readonly string _namespace, _port, _name;
    private readonly Tap _near, _far;
    private readonly List<Thread> _threads = [];

    public SlowLine(string networkNamespace, string port, string name, TimeSpan least, TimeSpan most, Random random)
    {
        (_namespace, _port, _name) = (networkNamespace, port, name);
        (_near, _far) = (new Tap($"{name}a"), new Tap($"{name}b"));
        ClusterNetwork.Shell(Insert, networkNamespace, port, name);
        Begin(_near, _far, new Random(random.Next()));
        Begin(_far, _near, new Random(random.Next()));

        void Begin(Tap from, Tap to, Random luck)
        {
            var onTheWay = new BlockingCollection<(long Due, byte[] Frame)>();
            Run(() => Take(from, onTheWay, () => least + ((most - least) * luck.NextDouble())));
            Run(() => Give(onTheWay, to));
        }
    }

    public void Dispose()
    {
        // Who reads from an interface that is no more is told.
        ClusterNetwork.Shell(Remove, _namespace, _port, _name);
        _threads.ForEach(thread => thread.Join());
        _near.Dispose();
        _far.Dispose();
    }

    private static void Take(Tap from, BlockingCollection<(long Due, byte[] Frame)> onTheWay, Func<TimeSpan> delay)
    {
        var buffer = new byte[LongestFrame];
        while (from.Read(buffer) is var length and > 0)
        {
            onTheWay.Add((Environment.TickCount64 + (long)delay().TotalMilliseconds, buffer[..length]));
        }
        onTheWay.CompleteAdding();
    }

    private static void Give(BlockingCollection<(long Due, byte[] Frame)> onTheWay, Tap to)
    {
        foreach (var (due, frame) in onTheWay.GetConsumingEnumerable())
        {
            if (due - Environment.TickCount64 is var early and > 0)
            {
                Thread.Sleep((int)early);
            }
            to.Write(frame);
        }
    }

    private void Run(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }
}
