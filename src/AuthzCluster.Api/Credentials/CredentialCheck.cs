using System.Collections.Concurrent;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Manners;
using Microsoft.Extensions.Primitives;

namespace AuthzCluster.Api.Credentials;

/// <summary>
/// Tells who sends a request. A verdict is remembered for 5 seconds, by the token's hash; that a token is no good is
/// not: whoever guesses fills no memory. How much one may ask for goes by the credential's account, so that another token of the same one has no more. One that was looked up is
/// looked up again, beside the requests, from the age of 2 seconds on: so storage that is away for a moment is nobody's matter who was known before.
/// </summary>
internal sealed class CredentialCheck(IReadOnlyList<ICredentialReader> readers, TimeProvider clock, Allowance allowance)
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 16 * 1024, MostRemembered = 10_000;

    private readonly ConcurrentDictionary<TokenHash, Admission> _known = new();
    private readonly ConcurrentDictionary<string, Share> _shares = new(StringComparer.Ordinal);

    /// <summary>The bearer's admission; null: nobody we know.</summary>
    /// <exception cref="ProblemException">503: it cannot be told now.</exception>
    public ValueTask<Admission?> FindAsync(StringValues authorization)
    {
        if (authorization.Count != 1 || authorization[0] is not { } header
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length > Scheme.Length + LongestToken)
        {
            return default;
        }
        var token = header.AsSpan(Scheme.Length).Trim(' ');
        var hash = TokenHash.Of(token);
        if (!_known.TryGetValue(hash, out var admission) || !admission.IsFresh(clock))
        {
            return JudgeAsync(token.ToString(), hash);
        }
        if (admission.IsLookedUp && admission.TakesRenewal(clock))
        {
            // By itself: neither this request's trace nor its end are its business.
            ThreadPool.UnsafeQueueUserWorkItem(check => _ = check.Self.RenewAsync(check.Token, check.Hash), (Self: this, Token: token.ToString(), Hash: hash), preferLocal: false);
        }
        return new(admission);
    }

    // Where it cannot be told now, what is known counts as long as it does.
    private async Task RenewAsync(string token, TokenHash hash)
    {
        try
        {
            await JudgeAsync(token, hash);
        }
        catch (Exception)
        {
            // Who comes when it is forgotten is told.
        }
    }

    private async ValueTask<Admission?> JudgeAsync(string token, TokenHash hash)
    {
        // Before the judgement: what changes meanwhile counts from then on.
        var (now, since) = (clock.GetUtcNow(), clock.GetTimestamp());
        foreach (var reader in readers)
        {
            if (!reader.Reads(token))
            {
                continue;
            }
            var read = await reader.ReadAsync(token);
            if (read.Error is { } error)
            {
                throw new ProblemException(Problem.Of(error));
            }
            if (read.Value is not { } credential || credential.ExpiresAt <= now)
            {
                _known.TryRemove(hash, out _);
                return null;
            }
            MakeRoom();
            // Of several judged at once the latest is remembered, and all have one share.
            var made = new Admission(credential, now, since, _shares.GetOrAdd(credential.Account, _ => new Share(allowance)), reader.LooksElsewhere);
            return _known.AddOrUpdate(hash, made, (_, known) => known.IsLaterThan(since) ? known : made);
        }
        return null;
    }

    private void MakeRoom()
    {
        if (_shares.Count >= MostRemembered)
        {
            MakeRoomForShares();
        }
        if (_known.Count < MostRemembered)
        {
            return;
        }
        foreach (var (hash, admission) in _known)
        {
            if (!admission.IsFresh(clock))
            {
                _known.TryRemove(hash, out _);
            }
        }
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }
    }

    // What is used up is forgotten last.
    private void MakeRoomForShares()
    {
        foreach (var (account, share) in _shares)
        {
            if (share.IsWhole)
            {
                _shares.TryRemove(account, out _);
            }
        }
        if (_shares.Count >= MostRemembered)
        {
            _shares.Clear();
        }
    }
}
