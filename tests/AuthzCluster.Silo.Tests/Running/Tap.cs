using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A network interface whose other end is this process: it reads the frames that are sent there, and writes those that come from there.</summary>
internal sealed class Tap : IDisposable
{
    private const nuint SetInterface = 0x400454ca;
    private const short Ethernet = 0x0002, NoHeader = 0x1000;
    private const int RequestBytes = 40, NameBytes = 16;

    private readonly FileStream _device = new("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    public Tap(string name)
    {
        var request = new byte[RequestBytes];
        Encoding.ASCII.GetBytes(name, request);
        BinaryPrimitives.WriteInt16LittleEndian(request.AsSpan(NameBytes), Ethernet | NoHeader);
        if (Ioctl(_device.SafeFileHandle, SetInterface, request) != 0)
        {
            throw new IOException($"no interface {name}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>The next frame; how long it is. 0: the interface is no more.</summary>
    public int Read(Span<byte> frame)
    {
        try
        {
            return _device.Read(frame);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Sends a frame. One that cannot be sent is lost, as on any line.</summary>
    public void Write(ReadOnlySpan<byte> frame)
    {
        try
        {
            _device.Write(frame);
        }
        catch (IOException)
        {
        }
    }

    public void Dispose() => _device.Dispose();

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static extern int Ioctl(SafeFileHandle device, nuint what, byte[] request);
}
