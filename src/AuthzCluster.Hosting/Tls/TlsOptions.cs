namespace AuthzCluster.Hosting.Tls;

/// <summary>The files by which the processes of a cluster know each other; PEM. All three or none.</summary>
public sealed record TlsOptions
{
    /// <summary>The process's own certificate, with what leads from it to <see cref="Authority"/>.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key of the certificate.</summary>
    public string? Key { get; init; }

    /// <summary>The authority of the cluster: whoever has a certificate of it belongs to it, whatever its name.</summary>
    public string? Authority { get; init; }

    /// <summary>Whether nothing is set.</summary>
    public bool IsEmpty => Certificate is null && Key is null && Authority is null;
}
