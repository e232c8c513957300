namespace AuthzCluster.Hosting.Vault;

/// <summary>Whether and by which keys what is stored is sealed.</summary>
public sealed record VaultOptions
{
    /// <summary>Whether what is written is sealed. What is sealed is read either way. Default: true.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>How long a key seals; after that another is made, and this one still opens what it sealed. 7 days to 10 years. Default: 90 days.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>PEM file of an RSA certificate and its key, which protects keys that are made from now on. Null, the default: they are kept in clear.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM files of certificates and keys that protected older keys.</summary>
    public IReadOnlyList<string> OldCertificates { get; init; } = [];
}
