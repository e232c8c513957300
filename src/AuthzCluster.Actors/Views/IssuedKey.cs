using AuthzCluster.Domain.Keys;

namespace AuthzCluster.Actors.Views;

/// <summary>A key and its token, at the one moment when somebody knows both.</summary>
/// <param name="Key">The key.</param>
/// <param name="Token">What is sent as a credential. Not to be kept, logged or told again.</param>
public sealed record IssuedKey(ApiKey Key, string Token)
{
    /// <summary>Without the token: what is printed by mistake gives nothing away.</summary>
    public override string ToString() => $"{nameof(IssuedKey)} {Key.Id}";
}
