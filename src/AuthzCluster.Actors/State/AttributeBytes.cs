using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Actors.State;

/// <summary>Attributes as bytes, in the form in which they are stored, for who sends them to another of this or a later version.</summary>
public static class AttributeBytes
{
    [ThreadStatic]
    private static StateWriter? _writer;

    /// <summary>The bytes of a bag; good until the next call on this thread.</summary>
    public static ReadOnlySpan<byte> Of(AttributeBag bag)
    {
        var writer = _writer ??= new StateWriter();
        writer.Clear();
        ValueCodec.Write(writer, bag);
        return writer.Written;
    }

    /// <summary>The bag of such bytes; values may be 64 deep.</summary>
    /// <exception cref="StateFormatException">They are damaged.</exception>
    public static AttributeBag Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        return ValueCodec.ReadBag(ref reader);
    }
}
