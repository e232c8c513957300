using System.Text.Json;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.AuthZen;

/// <summary>Where a tenant's AuthZEN endpoints are.</summary>
/// <param name="Url">The decision point's own address, without a slash at its end.</param>
internal sealed record AuthZenMetadata(string Url)
{
    /// <summary>Where it is found: the decision point's path comes after it.</summary>
    public const string WellKnown = "/.well-known/authzen-configuration";

    /// <summary>Of a tenant below the service's address; null: of the address itself.</summary>
    public static AuthZenMetadata Of(Uri service, TenantId? tenant)
    {
        var root = service.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        return new(tenant is { } named ? $"{root}/tenants/{Uri.EscapeDataString(named.Value)}" : root);
    }

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, AuthZenMetadata metadata)
    {
        json.WriteStartObject();
        json.WriteString("policy_decision_point"u8, metadata.Url);
        json.WriteString("access_evaluation_endpoint"u8, metadata.Url + AuthZenErrors.Root + "/evaluation");
        json.WriteString("access_evaluations_endpoint"u8, metadata.Url + AuthZenErrors.Root + "/evaluations");
        json.WriteString("search_subject_endpoint"u8, metadata.Url + AuthZenErrors.Root + "/search/subject");
        json.WriteString("search_resource_endpoint"u8, metadata.Url + AuthZenErrors.Root + "/search/resource");
        json.WriteString("search_action_endpoint"u8, metadata.Url + AuthZenErrors.Root + "/search/action");
        json.WriteEndObject();
    }
}
