using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Tells a request from all others, so that it is done at most once however often it arrives.</summary>
/// <param name="Tenant">The tenant in which it is decided whether its caller may; there it is kept.</param>
/// <param name="Id">Unique in that tenant, whoever asks: at most 64 characters. Two requests with one id are one.</param>
/// <param name="Fingerprint">What is asked: a hash (SHA-256). The same id with another one is <see cref="Domain.Errors.ErrorCode.InvalidState"/>.</param>
public sealed record RequestKey(TenantId Tenant, string Id, ImmutableArray<byte> Fingerprint)
{
    // Longer than anybody goes on sending it again.
    private static readonly TimeSpan OwnKeptFor = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether it may have been done before: its client named it, or it is sent again. Then also a write that would change nothing or be
    /// refused looks first whether it was; a first attempt need not.
    /// </summary>
    public bool MayBeRepeat { get; init; }

    /// <summary>
    /// By whom it may come late: a copy that was lost on its way, and is there after a later one was answered. Of all copies that one caller sent for one
    /// answer the same; in ordinal order of when it began. Null: nothing comes late. Its own <see cref="Id"/>: its client never sends it again.
    /// </summary>
    public string? Sending { get; init; }

    /// <summary>How long it is kept that it was done.</summary>
    public TimeSpan KeptFor { get; init; } = IAnswers.KeptFor;

    /// <summary>Of a request that its client did not name, under an id made for it alone; for who may send it again.</summary>
    public static RequestKey Own(TenantId tenant, string id) => new(tenant, id, [.. SHA256.HashData(Encoding.UTF8.GetBytes(id))]) { KeptFor = OwnKeptFor, Sending = id };

    /// <summary>
    /// Of a part of it that has a commit of its own, kept as long. Where there is nothing to commit, nothing is kept: that the whole was answered is, and it is
    /// looked for that.
    /// </summary>
    internal RequestKey OfPart(int name)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{Id}/{name}");
        return this with { Id = id, Sending = id, MayBeRepeat = false };
    }

    /// <summary>The same, sent again.</summary>
    public RequestKey Again() => MayBeRepeat ? this : this with { MayBeRepeat = true };
}
