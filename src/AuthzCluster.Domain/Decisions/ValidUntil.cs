using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Decisions;

/// <summary>When time alone would turn an answer, from the intervals of the grants that would grant.</summary>
internal static class ValidUntil
{
    // A year of office hours.
    private const int MostSteps = 800;

    /// <summary>
    /// Where conditions depend on the time: the first instant at which something changes and the answer is another. Where that is not found soon, the last
    /// that was looked at.
    /// </summary>
    public static DateTimeOffset? OfConditions(
        CompiledTenant tenant, SubjectGrants grants, BoundGrants bound, AccessRequest request, RequiredKeys keys, long now, bool isAllowed)
    {
        request.Outside?.Conclude();
        var possible = Possible(bound, request, keys, now);
        if (isAllowed && IsAllowedForEver(possible, new Weighing(tenant, grants, request, keys, now), now))
        {
            return null;
        }
        for (var (at, step) = (now, 0); ; step++)
        {
            var next = NextChange(possible, at);
            if (next == BoundGrant.Never)
            {
                return null;
            }
            // A condition that does not know when it changes may do so at once.
            if (next <= at || step == MostSteps || IsAllowed(possible, new Weighing(tenant, grants, request, keys, next), next) != isAllowed || IsUnsure(request))
            {
                return new DateTimeOffset(Math.Max(next, at), TimeSpan.Zero);
            }
            at = next;
        }
    }

    /// <summary>The same where policies have a say: roles that come and go bring and take theirs, so all is decided anew.</summary>
    public static DateTimeOffset? OfPolicies(in PolicyWeighing weighing, AccessRequest request, PolicyVerdict verdict, long now)
    {
        request.Outside?.Conclude();
        var isAllowed = verdict.IsAllowed;
        var possible = weighing.HasTimes(now) ? weighing.Possible(now) : [];
        for (var (at, step) = (now, 0); ; step++)
        {
            var next = Math.Min(verdict.ChangesAfter, NextChange(possible, at));
            if (next == BoundGrant.Never)
            {
                return null;
            }
            if (next <= at || step == MostSteps)
            {
                return new DateTimeOffset(Math.Max(next, at), TimeSpan.Zero);
            }
            verdict = weighing.At(next);
            if (verdict.IsAllowed != isAllowed || IsUnsure(request))
            {
                return new DateTimeOffset(next, TimeSpan.Zero);
            }
            at = next;
        }
    }

    /// <summary>The end of what covers <paramref name="now"/> without a gap; null: it never ends.</summary>
    public static DateTimeOffset? OfAllowed(BoundGrants bound, in Weighing weighing, long now)
    {
        var granting = Granting(bound, weighing, now);
        var until = now;
        for (var reached = true; reached;)
        {
            reached = false;
            foreach (var (starts, ends) in granting)
            {
                if (starts <= until && ends > until)
                {
                    until = ends;
                    reached = true;
                }
            }
        }
        return until == BoundGrant.Never ? null : new DateTimeOffset(until, TimeSpan.Zero);
    }

    /// <summary>The start of the first grant to come; null: none comes.</summary>
    public static DateTimeOffset? OfDenied(BoundGrants bound, in Weighing weighing, long now)
    {
        var until = BoundGrant.Never;
        foreach (var (starts, ends) in Granting(bound, weighing, now))
        {
            until = starts < ends ? Math.Min(until, starts) : until;
        }
        return until == BoundGrant.Never ? null : new DateTimeOffset(until, TimeSpan.Zero);
    }

    // Those that may grant this at some time: the hours of others are nothing to it.
    private static BoundGrant[] Possible(BoundGrants bound, AccessRequest request, RequiredKeys keys, long now)
    {
        var possible = new List<BoundGrant>();
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if (grant.Role.Possible.Match(keys).MoveNext() && grant.Assignment.MayApply(request, now))
            {
                possible.Add(grant);
            }
        }
        return [.. possible];
    }

    private static bool IsAllowedForEver(BoundGrant[] possible, in Weighing weighing, long now)
    {
        foreach (ref readonly var grant in possible.AsSpan())
        {
            var stays = grant.Ends == BoundGrant.Never && !grant.Assignment.DependsOnTime && !grant.Role.DependsOnTime;
            if (stays && grant.CountsAt(now) && weighing.Weigh(grant, out _) == DecisionReason.Granted)
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsUnsure(AccessRequest request) => request.Outside is { IsUnsure: true };

    private static bool IsAllowed(BoundGrant[] possible, in Weighing weighing, long at)
    {
        foreach (ref readonly var grant in possible.AsSpan())
        {
            if (grant.CountsAt(at) && weighing.Weigh(grant, out _) == DecisionReason.Granted)
            {
                return true;
            }
        }
        return false;
    }

    private static long NextChange(ReadOnlySpan<BoundGrant> possible, long at)
    {
        var next = BoundGrant.Never;
        foreach (ref readonly var grant in possible)
        {
            if (grant.Ends <= at)
            {
                continue;
            }
            next = Math.Min(next, grant.Starts > at ? grant.Starts : grant.Ends);
            if (grant.Starts <= at)
            {
                next = Math.Min(next, Math.Min(grant.Assignment.ChangesAfter(at), grant.Role.ChangesAfter(at)));
            }
        }
        return next;
    }

    private static List<(long Starts, long Ends)> Granting(BoundGrants bound, in Weighing weighing, long now)
    {
        var granting = new List<(long, long)>();
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if (grant.Ends > now && weighing.Weigh(grant, out _) == DecisionReason.Granted)
            {
                granting.Add((grant.Starts, grant.Ends));
            }
        }
        return granting;
    }
}
