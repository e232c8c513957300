namespace AuthzCluster.Client.Contract.Hosting;

/// <summary>A running service, and clients of it over one transport. What the clients cannot do is done here.</summary>
public interface ITransport
{
    /// <summary>Clients of a tenant; with the administrator's key, unless another is given.</summary>
    IClients Of(string tenant, string? key = null);

    /// <summary>Makes a tenant; null: one of a new name.</summary>
    Task<string> MakeTenantAsync(string? id = null, params string[] packs);

    /// <summary>Gives a tenant another edition.</summary>
    Task SetEditionAsync(string tenant, string edition);

    /// <summary>Makes an API key with these roles, valid in this tenant.</summary>
    Task<(Principal Who, string Key)> MakeKeyAsync(string tenant, params string[] roles);

    /// <summary>Revokes an API key.</summary>
    Task RevokeKeyAsync(string tenant, Principal who);

    /// <summary>Puts a user into a team.</summary>
    Task JoinAsync(string tenant, string team, string user);

    /// <summary>How many refused attempts of somebody the audit log tells of.</summary>
    Task<int> CountRefusalsAsync(string tenant, Principal who);

    /// <summary>Imports roles by these names, and gives the first to so many users.</summary>
    Task ImportAsync(string tenant, IReadOnlyList<string> roles, int holders);
}
