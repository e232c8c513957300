namespace AuthzCluster.Client.Contract.Hosting;

/// <summary>The clients as an application gets them: from its container.</summary>
public interface IClients : IDisposable
{
    IAuthorizationClient Authorization { get; }

    IRoleService Roles { get; }

    /// <summary>The tenant of the options.</summary>
    string Tenant { get; }
}
