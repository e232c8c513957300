namespace AuthzCluster.Domain.Decisions;

/// <summary>When time alone would turn an answer, from the intervals of the grants that would grant.</summary>
internal static class ValidUntil
{
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
