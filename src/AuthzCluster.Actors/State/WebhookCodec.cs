using System.Collections.Immutable;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Actors.State;

/// <summary>
/// A webhook as stored bytes: a version, then blocks (what it is; its secrets; how far it is; dead letters, each a block), so that later versions can
/// add to the end of each. The bytes of a version stay readable for ever.
/// </summary>
public static class WebhookCodec
{
    private const byte Version = 1;

    /// <summary>The stored form.</summary>
    public static byte[] Encode(WebhookState state)
    {
        var (all, block, one, hook) = (new StateWriter(), new StateWriter(), new StateWriter(), state.Hook);
        all.Byte(Version);
        block.Text(hook.Id);
        block.Text(hook.Url);
        block.Texts(hook.Events);
        block.Text(hook.Description);
        block.Byte(hook.IsActive ? (byte)1 : (byte)0);
        block.Time(hook.CreatedAt);
        block.Text(hook.CreatedBy);
        block.Time(hook.UpdatedAt);
        block.Number(hook.Version);
        all.Block(block);

        block.Clear();
        block.Text(state.Secret);
        block.Text(state.PreviousSecret);
        block.OptionalTime(hook.PreviousSecretUntil);
        all.Block(block);

        block.Clear();
        block.Number(hook.Cursor);
        block.Number(hook.Failures);
        block.OptionalTime(hook.NextAttempt);
        block.OptionalTime(hook.DeliveredAt);
        block.Text(hook.LastError);
        block.Number(hook.GivenUp);
        all.Block(block);

        block.Clear();
        block.Number(state.Dead.Length);
        foreach (var dead in state.Dead)
        {
            one.Clear();
            one.Number(dead.Sequence);
            one.Text(dead.EventId);
            one.Text(dead.Type);
            one.Time(dead.FailedAt);
            one.Number(dead.Attempts);
            one.Text(dead.Error);
            block.Block(one);
        }
        all.Block(block);
        return all.Written.ToArray();
    }

    /// <summary>Reads the stored form; throws <see cref="StateFormatException"/> where it cannot.</summary>
    public static WebhookState Decode(ReadOnlySpan<byte> bytes)
    {
        var all = new StateReader(bytes);
        if (all.Byte() is var version and not Version)
        {
            throw new StateFormatException($"a webhook's state has format {version}; this version of the software reads format {Version}");
        }
        var what = all.Block();
        var secrets = all.Block();
        var progress = all.Block();
        var dead = all.Block();
        var hook = new Webhook
        {
            Id = what.Text(),
            Url = what.Text(),
            Events = what.Texts(),
            Description = what.OptionalText(),
            IsActive = what.Byte() != 0,
            CreatedAt = what.Time(),
            CreatedBy = what.Text(),
            UpdatedAt = what.Time(),
            Version = what.Int64(),
        };
        var (secret, previous) = (secrets.Text(), secrets.OptionalText());
        hook = hook with
        {
            PreviousSecretUntil = secrets.OptionalTime(),
            Cursor = progress.Int64(),
            Failures = progress.Int32(),
            NextAttempt = progress.OptionalTime(),
            DeliveredAt = progress.OptionalTime(),
            LastError = progress.OptionalText(),
            GivenUp = progress.Int64(),
        };
        return new WebhookState(hook, secret, previous, Letters(ref dead));
    }

    private static ImmutableArray<DeadLetter> Letters(ref StateReader from)
    {
        var letters = new DeadLetter[from.Count()];
        for (var i = 0; i < letters.Length; i++)
        {
            var one = from.Block();
            letters[i] = new DeadLetter(one.Int64(), one.Text(), one.Text(), one.Time(), one.Int32(), one.Text());
        }
        return [.. letters];
    }
}
