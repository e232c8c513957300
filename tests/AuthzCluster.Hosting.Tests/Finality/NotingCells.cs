using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Tests.Finality;

internal sealed class NotingCells : CellTable
{
    public List<(ActorKey Key, long Revision)> Raised { get; } = [];

    public override void Raise(ActorKey key, long revision)
    {
        Raised.Add((key, revision));
        base.Raise(key, revision);
    }
}
