using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Vault;

/// <summary>What can be set of sealing.</summary>
public static class VaultOptionTable
{
    /// <summary>The word that asks for a new key and nothing else.</summary>
    public const string NewKey = "--new-key";

    private const int FewestDays = 7, MostDays = 3650;

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Option<VaultOptions>> All { get; } =
    [
        new("--encryption", "Encryption", "whether policies, conditions and the audit log are sealed as they are written, on or off; what is sealed is read either way (default on)", (vault, text) =>
            vault with { IsOn = text switch { "on" => true, "off" => false, _ => throw new FormatException("must be `on` or `off`") } }),
        new("--key-lifetime", "KeyLifetime", "days after which another key seals; old keys still open what they sealed (default 90)", (vault, text) =>
            vault with { KeyLifetime = TimeSpan.FromDays(OptionText.Number(text, FewestDays, MostDays)) }),
        new("--key-ring-cert", "KeyRingCert", "PEM file of an RSA certificate and its key, which protects keys that are made from now on (default: none)", (vault, text) =>
            vault with { Certificate = OptionText.NotBlank(text, "must name a file") }),
        new("--key-ring-old-certs", "KeyRingOldCerts", "PEM files of certificates and keys that protected older keys", (vault, text) =>
            vault with { OldCertificates = OptionText.List(text) }),
    ];
}
