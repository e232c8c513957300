using System.Security.Cryptography;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>Ids of requests.</summary>
internal sealed class RandomIds : IIdSource
{
    private const int Length = 32;

    public string Next() => RandomNumberGenerator.GetHexString(Length, lowercase: true);
}
