using AuthzCluster.Grains.Abstractions.Calls;

namespace AuthzCluster.Grains.Node;

/// <summary>Which grains may be asked from this silo, and how long they are waited for before it answers in their place.</summary>
internal sealed class NearWays(TimeProvider time)
{
    private readonly DirectWays _ways = new(time);
    private readonly CoarseTimeout _patience = new(TimeSpan.FromMilliseconds(300), time);

    /// <summary>Is cancelled when a question that is asked now has waited long enough.</summary>
    public CancellationToken Patience => _patience.Token;

    /// <inheritdoc cref="DirectWays.MayTry"/>
    public bool MayTry(int way) => _ways.MayTry(way);

    /// <inheritdoc cref="DirectWays.Lose"/>
    public void Lose(int way) => _ways.Lose(way);

    /// <inheritdoc cref="DirectWays.Works"/>
    public void Works(int way) => _ways.Works(way);
}
