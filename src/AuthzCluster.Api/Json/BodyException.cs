namespace AuthzCluster.Api.Json;

/// <summary>Something wrong at a place of a JSON body.</summary>
/// <param name="message">What.</param>
/// <param name="position">The offset, in bytes, of the token that it is about.</param>
/// <param name="member">The member of the object there that is missing or wrong; null: the token itself.</param>
internal sealed class BodyException(string message, long position, string? member = null) : Exception(message)
{
    public long Position { get; } = position;

    public string? Member { get; } = member;
}
