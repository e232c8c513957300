using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Webhooks;

/// <summary>Decides what becomes of a webhook. Pure.</summary>
public static class WebhookEditor
{
    /// <summary>The longest pause between two attempts.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>How long a secret goes on signing beside its successor, unless said.</summary>
    public static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);

    private const int MostDoublings = 20;
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>Makes one that begins behind <paramref name="last"/>.</summary>
    public static Result<WebhookChange> Make(string id, WebhookDraft draft, string secret, string createdBy, long last, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (draft.Url is null)
        {
            errors.Add(new FieldError("url", "is required"));
        }
        WebhookRules.Check(draft, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var hook = Apply(new Webhook { Id = id, Url = draft.Url!, CreatedBy = createdBy, CreatedAt = now, UpdatedAt = now, Cursor = last }, draft);
        return new WebhookChange(new WebhookState(hook, secret, null, []), Tell(AuditActions.WebhookCreated, id, null, Snapshot(hook)));
    }

    /// <summary>Changes what a draft says; switched on, or sent elsewhere, it tries again at once.</summary>
    public static Result<WebhookChange> Patch(WebhookState state, WebhookDraft patch, long? ifVersion, DateTimeOffset now)
    {
        if (ifVersion is not null && ifVersion != state.Hook.Version)
        {
            return new AuthzError(ErrorCode.PreconditionFailed, $"the webhook `{state.Hook.Id}` has version {state.Hook.Version}, not {ifVersion}");
        }
        var errors = new List<FieldError>();
        WebhookRules.Check(patch, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var next = Apply(state.Hook, patch);
        if (next.Equals(state.Hook))
        {
            return new WebhookChange(state, null);
        }
        next = Touched(next, now);
        next = next.Url != state.Hook.Url || (next.IsActive && !state.Hook.IsActive) ? next with { Failures = 0, NextAttempt = null, LastError = null } : next;
        return new WebhookChange(state with { Hook = next }, Tell(AuditActions.WebhookUpdated, next.Id, Snapshot(state.Hook), Snapshot(next)));
    }

    /// <summary>Gives it another secret; the one it had signs for <paramref name="overlap"/> more (zero to 30 days).</summary>
    public static Result<WebhookChange> Rotate(WebhookState state, string secret, TimeSpan overlap, DateTimeOffset now)
    {
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
        {
            return AuthzError.Invalid("overlap", $"must be from zero to {LongestOverlap.Days} days");
        }
        var next = Touched(state.Hook, now) with { PreviousSecretUntil = overlap > TimeSpan.Zero ? Instants.Cut(now + overlap) : null };
        return new WebhookChange(
            state with { Hook = next, Secret = secret, PreviousSecret = overlap > TimeSpan.Zero ? state.Secret : null },
            Tell(AuditActions.WebhookRotated, next.Id, null, AttributeBag.Of(("previous_valid_until", AssignmentSnapshot.Time(next.PreviousSecretUntil)))));
    }

    /// <summary>Has it begin again at a sequence that was reached already; what was given up from there on is tried anew.</summary>
    public static Result<WebhookChange> Replay(WebhookState state, long from, DateTimeOffset now)
    {
        var start = Math.Max(from, 1);
        if (from < 0 || start > state.Hook.Cursor + 1)
        {
            return AuthzError.Invalid("from", $"must be a sequence from 0 to {state.Hook.Cursor + 1}, which is the next to be delivered");
        }
        var next = Touched(state.Hook, now) with { Cursor = start - 1, Failures = 0, NextAttempt = null, LastError = null };
        return new WebhookChange(
            state with { Hook = next, Dead = state.Dead.RemoveAll(dead => dead.Sequence >= start) },
            Tell(AuditActions.WebhookReplayed, next.Id, Cursor(state.Hook), Cursor(next)));
    }

    /// <summary>What is told of one that is removed.</summary>
    public static AuditEntry Remove(WebhookState state) => Tell(AuditActions.WebhookDeleted, state.Hook.Id, Snapshot(state.Hook), null);

    /// <summary>Takes note of what was delivered and of what failed; null: it was gone by something that is so no more.</summary>
    public static WebhookState? Advance(WebhookState state, WebhookProgress progress, DateTimeOffset now)
    {
        if (state.Hook.Cursor != progress.From)
        {
            return null;
        }
        var hook = state.Hook with { Cursor = progress.To, DeliveredAt = progress.HasDelivered ? now : state.Hook.DeliveredAt };
        hook = progress.HasDelivered ? hook with { Failures = 0, NextAttempt = null, LastError = null } : hook;
        if (progress.Failed is not { } failed)
        {
            return state with { Hook = hook };
        }
        var failures = hook.Failures + 1;
        if (failures < progress.MostAttempts)
        {
            var pause = PauseOf(hook.Id, failed.Sequence, failures, progress.FirstPause);
            return state with { Hook = hook with { Failures = failures, NextAttempt = Instants.Cut(now + pause), LastError = failed.Error } };
        }
        // The next event has its own attempts. A receiver that is down is asked no more often for that.
        var rest = PauseOf(hook.Id, failed.Sequence, 1, progress.FirstPause);
        hook = hook with { Cursor = failed.Sequence, Failures = 0, NextAttempt = Instants.Cut(now + rest), LastError = failed.Error, GivenUp = hook.GivenUp + 1 };
        return state with { Hook = hook, Dead = [failed with { FailedAt = now, Attempts = failures }, .. state.Dead.Take(WebhookState.MostDead - 1)] };
    }

    /// <summary>The pause behind so many failures: doubled with each, and spread by a quarter either way, so that many that fail together do not come together again.</summary>
    public static TimeSpan PauseOf(string id, long sequence, int failures, TimeSpan first)
    {
        var pause = first * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        // FNV-1a: what is by chance here must be the same for who decides it again.
        var hash = 2166136261u;
        foreach (var c in $"{id}/{sequence}/{failures}")
        {
            hash = (hash ^ c) * 16777619u;
        }
        return (pause < LongestPause ? pause : LongestPause) * (0.75 + (hash % 1024 / 2048.0));
    }

    private static Webhook Touched(Webhook hook, DateTimeOffset now) => hook with { UpdatedAt = now, Version = hook.Version + 1 };

    private static Webhook Apply(Webhook hook, WebhookDraft draft) => hook with
    {
        Url = draft.Url ?? hook.Url,
        Events = draft.Events is null ? hook.Events : [.. draft.Events.Select(pattern => pattern!).Distinct(StringComparer.Ordinal)],
        Description = draft.Description ?? hook.Description,
        IsActive = draft.IsActive ?? hook.IsActive,
    };

    private static AuditEntry Tell(string action, string id, AttributeBag? before, AttributeBag? after) => new(action, "webhook", id, before, after);

    // What a path or a query has may be a secret of the receiver's.
    private static AttributeBag Snapshot(Webhook hook) => AttributeBag.Of(
        ("id", AttributeValue.Of(hook.Id)),
        ("url", AttributeValue.Of(hook.ToOrigin())),
        ("events", AttributeValue.Of([.. hook.Events.Select(AttributeValue.Of)])),
        ("is_active", AttributeValue.Of(hook.IsActive)),
        ("version", AttributeValue.Of((decimal)hook.Version)));

    private static AttributeBag Cursor(Webhook hook) => AttributeBag.Of(("delivered_until", AttributeValue.Of((decimal)hook.Cursor)));
}
