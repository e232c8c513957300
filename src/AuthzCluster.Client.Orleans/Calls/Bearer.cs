using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>
/// Whom the API key speaks for, as the API's door finds it: read from the cluster, and relied on for 5 seconds. From the age of 2 seconds on it is read again beside the
/// calls, so that a cluster whose storage is away for a moment is nobody's matter.
/// </summary>
internal sealed class Bearer(IApiKeys keys, AuthzClusterGrainOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private volatile Known? _known;
    private (string Token, long Since, Task<KnownCredential> Judged)? _judging;

    /// <summary>The caller's credential.</summary>
    /// <exception cref="AuthzException">There is none, or it cannot be told now.</exception>
    public ValueTask<KnownCredential> FindAsync(CancellationToken cancellationToken) =>
        options.ApiKey is { } token ? FindAsync(token) : ProvideAsync(cancellationToken);

    private ValueTask<KnownCredential> FindAsync(string token)
    {
        if (_known is not { } known || known.Token != token || !known.Credential.IsFresh(clock))
        {
            return new(JudgeAsync(token));
        }
        if (known.Credential.TakesRenewal(clock))
        {
            // Where it cannot be told now, what is known counts as long as it does.
            _ = JudgeAsync(token).ContinueWith(judged => judged.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        return new(known.Credential);
    }

    private async ValueTask<KnownCredential> ProvideAsync(CancellationToken cancellationToken)
    {
        string? token;
        try
        {
            token = await options.ApiKeyProvider!(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw AuthzException.Of(new AuthzFailure(AuthzFailure.Unavailable, $"the provider of the API key failed: {e.Message}") { Cause = e });
        }
        return await FindAsync(token ?? "").ConfigureAwait(false);
    }

    // Once for all that ask at the same time; what takes long is asked for again, since what it finds is by then of long ago.
    private Task<KnownCredential> JudgeAsync(string token)
    {
        lock (_gate)
        {
            if (_judging is { } judging && judging.Token == token && !judging.Judged.IsCompleted && clock.GetElapsedTime(judging.Since) < KnownCredential.Renewal)
            {
                return judging.Judged;
            }
            var judged = Task.Run(() => ReadAsync(token));
            _judging = (token, clock.GetTimestamp(), judged);
            return judged;
        }
    }

    private async Task<KnownCredential> ReadAsync(string token)
    {
        // Before the judgement: what changes meanwhile counts from then on.
        var (now, since) = (clock.GetUtcNow(), clock.GetTimestamp());
        var found = await keys.FindAsync(token).ConfigureAwait(false);
        if (!found.IsOk && found.Error is { } error)
        {
            throw Failures.Of(error);
        }
        if (found.Value is not { } opened || opened.Until <= now)
        {
            // Beside calls it is found too: the next one is told.
            _known = _known is { } known && known.Token == token ? null : _known;
            throw AuthzException.Of(new AuthzFailure("unauthenticated", "the API key opens nothing: it is unknown, revoked or over") { Status = 401 });
        }
        keys.Touch(opened.Key.Id);
        var credential = new KnownCredential(Credential.Of(opened), now, since);
        _known = new Known(token, credential);
        return credential;
    }

    private sealed record Known(string Token, KnownCredential Credential);
}
