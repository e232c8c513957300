using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using AuthzCluster.Api.Http;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Grpc;

/// <summary>
/// Reads the messages of a call. Small ones are read where they came; for a large one memory is taken as its bytes come, and counted with that of all bodies,
/// as is what it unfolds to, until it is answered. Whoever holds some must not dawdle.
/// </summary>
internal sealed class FrameReader(HttpContext http, BodyMemory memory, bool isGzip) : IDisposable
{
    private const int LargestSmall = 64 * 1024, Growth = 4, LargestBatch = 4 * LargestSmall, LowestRateOfLarge = 32 * 1024;

    // A message of many small values takes up so many times its bytes once it is read.
    private const int Unfolding = 16;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly PipeReader _pipe = http.Request.BodyReader;
    private ProblemException? _fault;

    // In all, and of that by messages that are whole; and how many bytes those have that are read together, small ones too.
    private long _held, _kept, _batch;

    /// <summary>The only message of a body.</summary>
    public async ValueTask<T> ReadOneAsync<T>(ApiRequest request, int limit, CancellationToken stop) where T : class, IMessage<T>, new()
    {
        var buffer = (await FillAsync(request, limit, stop)).Buffer;
        T message;
        if (buffer.IsEmpty)
        {
            throw GrpcProblems.Malformed("this call takes one message, and has none");
        }
        if (TryTake<T>(ref buffer, limit, out var small))
        {
            message = small;
            _pipe.AdvanceTo(buffer.Start);
        }
        else
        {
            message = await TakeLargeAsync<T>(buffer, request, limit, stop);
        }
        var rest = await ReadAsync(request, stop);
        if (!rest.Buffer.IsEmpty)
        {
            throw GrpcProblems.Malformed("this call takes one message, and has more");
        }
        return rest.IsCompleted ? message : throw GrpcProblems.Malformed("this call takes one message, and goes on");
    }

    /// <summary>Adds messages that have come, at most so many, after waiting for the first; false: there are no more. What is wrong with one is told after those before it.</summary>
    public async ValueTask<bool> ReadManyAsync<T>(ApiRequest request, int limit, List<T> messages, int most, CancellationToken stop) where T : class, IMessage<T>, new()
    {
        if (_fault is not null)
        {
            throw _fault;
        }
        Dispose();
        var buffer = (await FillAsync(request, limit, stop)).Buffer;
        if (buffer.IsEmpty)
        {
            return false;
        }
        try
        {
            while (messages.Count < most && _batch < LargestBatch && TryTake<T>(ref buffer, limit, out var message))
            {
                messages.Add(message);
            }
        }
        catch (ProblemException fault) when (messages.Count > 0)
        {
            _fault = fault;
        }
        if (messages.Count == 0)
        {
            messages.Add(await TakeLargeAsync<T>(buffer, request, limit, stop));
            return true;
        }
        _pipe.AdvanceTo(buffer.Start);
        return true;
    }

    /// <summary>Gives back the memory that was taken.</summary>
    public void Dispose()
    {
        if (_held > 0)
        {
            memory.Give(ref _held);
        }
        (_kept, _batch) = (0, 0);
    }

    // Until there is a whole small message, the beginning of a large one, or the end.
    private async ValueTask<ReadResult> FillAsync(ApiRequest request, int limit, CancellationToken stop)
    {
        while (true)
        {
            var result = await ReadAsync(request, stop);
            var buffer = result.Buffer;
            if (TryHead(buffer, limit, out _, out var length) && (length > LargestSmall || buffer.Length >= FrameWriter.Prefix + length))
            {
                return result;
            }
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? result : throw GrpcProblems.Malformed("the call ends within a message");
            }
            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private async ValueTask<ReadResult> ReadAsync(ApiRequest request, CancellationToken stop)
    {
        try
        {
            var read = _pipe.ReadAsync(stop);
            if (!read.IsCompleted)
            {
                request.StepAside();
            }
            return await read;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new ProblemException(GrpcProblems.Stopped(GrpcCall.Of(request)));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new OperationCanceledException("the caller has gone", new ConnectionAbortedException("the caller has gone", e));
        }
    }

    private static bool TryHead(ReadOnlySequence<byte> buffer, int limit, out bool isCompressed, out int length)
    {
        var reader = new SequenceReader<byte>(buffer);
        (isCompressed, length) = (false, 0);
        if (!reader.TryRead(out var flag) || !reader.TryReadBigEndian(out length))
        {
            return false;
        }
        isCompressed = flag == 1;
        return flag > 1 ? throw GrpcProblems.Malformed("the first byte of a message is 0 or 1")
            : (uint)length > (uint)limit ? throw new ProblemException(Problem.TooLarge(limit))
            : true;
    }

    private bool TryTake<T>(ref ReadOnlySequence<byte> buffer, int limit, out T message) where T : class, IMessage<T>, new()
    {
        message = null!;
        if (!TryHead(buffer, limit, out var isCompressed, out var length) || buffer.Length < FrameWriter.Prefix + length)
        {
            return false;
        }
        message = Read<T>(isCompressed, buffer.Slice(FrameWriter.Prefix, length), limit);
        buffer = buffer.Slice(FrameWriter.Prefix + length);
        return true;
    }

    private async ValueTask<T> TakeLargeAsync<T>(ReadOnlySequence<byte> buffer, ApiRequest request, int limit, CancellationToken stop) where T : class, IMessage<T>, new()
    {
        TryHead(buffer, limit, out var isCompressed, out var length);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Grace + TimeSpan.FromSeconds(length / (double)LowestRateOfLarge));
        try
        {
            return Read<T>(isCompressed, await TakeBytesAsync(buffer.Slice(FrameWriter.Prefix), length, request, late.Token), limit);
        }
        catch (ProblemException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new ProblemException(GrpcProblems.TooSlow);
        }
    }

    private async ValueTask<ReadOnlySequence<byte>> TakeBytesAsync(ReadOnlySequence<byte> buffer, int length, ApiRequest request, CancellationToken stop)
    {
        var (bytes, count) = (new byte[Math.Min(length, LargestSmall)], 0);
        while (true)
        {
            var part = buffer.Slice(0, Math.Min(buffer.Length, length - count));
            if (part.Length > bytes.Length - count)
            {
                var size = (int)Math.Min(length, Math.Max(count + part.Length, (long)bytes.Length * Growth));
                Hold(size);
                Array.Resize(ref bytes, size);
            }
            part.CopyTo(bytes.AsSpan(count));
            count += (int)part.Length;
            _pipe.AdvanceTo(part.End);
            if (count == length)
            {
                return new ReadOnlySequence<byte>(bytes, 0, length);
            }
            var result = await ReadAsync(request, stop);
            buffer = result.Buffer;
            if (buffer.IsEmpty && result.IsCompleted)
            {
                throw GrpcProblems.Malformed("the call ends within a message");
            }
        }
    }

    private T Read<T>(bool isCompressed, ReadOnlySequence<byte> bytes, int limit) where T : class, IMessage<T>, new()
    {
        var plain = !isCompressed ? bytes : isGzip ? Unpack(bytes, limit) : throw GrpcProblems.Malformed("a message is compressed, and the call says not how");
        if (plain.Length > LargestSmall)
        {
            Hold(plain.Length * Unfolding);
        }
        (_kept, _batch) = (_held, _batch + plain.Length);
        return MessageReader.Read<T>(plain);
    }

    // Of the message that is being read now.
    private void Hold(long bytes)
    {
        var kept = _kept;
        _kept = 0;
        memory.Take(ref _held, kept + bytes);
        _kept = kept;
    }

    // What comes out counts, not what goes in.
    private ReadOnlySequence<byte> Unpack(ReadOnlySequence<byte> packed, int limit)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            var piece = new byte[LargestSmall];
            for (int count; (count = zip.Read(piece)) > 0;)
            {
                if (unpacked.Length + count > limit)
                {
                    throw new ProblemException(Problem.TooLarge(limit));
                }
                if (unpacked.Length + count > LargestSmall)
                {
                    Hold(packed.Length + unpacked.Length + count);
                }
                unpacked.Write(piece, 0, count);
            }
            return new ReadOnlySequence<byte>(unpacked.GetBuffer(), 0, (int)unpacked.Length);
        }
        catch (InvalidDataException)
        {
            throw GrpcProblems.Malformed("a message is no gzip");
        }
    }
}
