using System.Buffers.Binary;
using System.Net;
using Google.Protobuf;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>A call both of whose directions are open: what is asked and what is answered take turns as a test likes.</summary>
internal sealed class GrpcStream : IDisposable
{
    private readonly StreamContent _content = new();
    private HttpResponseMessage _response = null!;
    private Stream _answers = null!;

    private GrpcStream()
    {
    }

    /// <summary>Opens one; the server has taken it.</summary>
    public static Task<GrpcStream> OpenAsync(GrpcClient client, string method, params (string, string)[] headers) => OpenAsync(client, method, [], headers);

    /// <summary>Opens one with all that it asks, for a method that waits for that; nothing: more is to come.</summary>
    public static async Task<GrpcStream> OpenAsync(GrpcClient client, string method, IMessage[] all, params (string, string)[] headers)
    {
        var stream = new GrpcStream();
        var opening = client.OpenAsync(method, stream._content, headers);
        if (all.Length > 0)
        {
            await stream.WriteAsync(all);
            stream.Complete();
        }
        stream._response = await opening;
        stream._answers = await stream._response.Content.ReadAsStreamAsync();
        return stream;
    }

    public async Task WriteAsync(params IMessage[] messages) => await WriteBytesAsync([.. messages.SelectMany(GrpcClient.Frame)]);

    public async Task WriteBytesAsync(byte[] bytes)
    {
        var stream = await _content.Stream;
        await stream.WriteAsync(bytes);
        await stream.FlushAsync();
    }

    /// <summary>Asks nothing more.</summary>
    public void Complete() => _content.Complete();

    /// <summary>The next answer; null: there are no more.</summary>
    public async Task<T?> ReadAsync<T>() where T : class, IMessage<T>, new()
    {
        var head = new byte[5];
        if (await _answers.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) == 0)
        {
            return null;
        }
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        await _answers.ReadExactlyAsync(message);
        return new MessageParser<T>(() => new T()).ParseFrom(message);
    }

    /// <summary>How it ended, once there are no more answers.</summary>
    public async Task<GrpcReply> EndAsync()
    {
        while (await _answers.ReadAsync(new byte[4096]) > 0)
        {
        }
        return GrpcClient.Of(_response, []);
    }

    public void Dispose()
    {
        _content.Complete();
        _response.Dispose();
    }

    private sealed class StreamContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Stream> Stream => _stream.Task;

        public void Complete() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            _stream.SetResult(stream);
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
