using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>A principal, or the subject of a question.</summary>
internal sealed record PrincipalWire(string Type, string Id)
{
    public JsonObject? Properties { get; init; }

    public static PrincipalWire Of(Principal principal)
    {
        Texts.Check(principal);
        return new PrincipalWire(principal.Type, principal.Id);
    }
}
