using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.Tests.State;

public sealed class WebhookCodecTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly WebhookState Sample = new(
        new Webhook
        {
            Id = "w1", Url = "https://hooks.example.com/a?b=c", Events = ["role.*", "policy.created"], Description = "d", IsActive = false, CreatedAt = Noon, CreatedBy = "user:ann",
            UpdatedAt = Noon.AddHours(1), Version = 3, PreviousSecretUntil = Noon.AddDays(1), Cursor = 1_000_000_000_000, Failures = 2, NextAttempt = Noon.AddMinutes(2),
            DeliveredAt = Noon.AddMinutes(1), LastError = "the receiver answered 500", GivenUp = 7,
        },
        "whsec_bmV3", "whsec_b2xk", [new DeadLetter(41, "e41", "role.created", Noon, 10, "é")]);

    private static string Golden => Path.Combine(AppContext.BaseDirectory, "State", "Golden", "webhook-1.bin");

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheSame()
    {
        foreach (var state in new[] { Sample, Sample with { PreviousSecret = null, Dead = [], Hook = new Webhook { Id = "w2", Url = "https://a", CreatedBy = "user:b" } } })
        {
            AssertSame(state, WebhookCodec.Decode(WebhookCodec.Encode(state)));
        }
    }

    // What the first version wrote stays readable. Never change these bytes: add others for each new version.
    [Fact]
    public void Golden_OfVersion1_IsReadableAndWrittenToday()
    {
        AssertSame(Sample, WebhookCodec.Decode(File.ReadAllBytes(Golden)));
        Assert.Equal(File.ReadAllBytes(Golden), WebhookCodec.Encode(Sample));
    }

    [Fact]
    public void Decode_Damaged_IsSaidSo()
    {
        var bytes = WebhookCodec.Encode(Sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<StateFormatException>(() => WebhookCodec.Decode(bytes.AsSpan(0, length)));
        }
    }

    private static void AssertSame(WebhookState expected, WebhookState read)
    {
        Assert.Equal((expected.Hook, expected.Secret, expected.PreviousSecret), (read.Hook, read.Secret, read.PreviousSecret));
        Assert.Equal(expected.Dead.AsEnumerable(), read.Dead);
    }
}
