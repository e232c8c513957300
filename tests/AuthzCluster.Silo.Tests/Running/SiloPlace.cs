namespace AuthzCluster.Silo.Tests.Running;

/// <summary>Where a silo listens: it may go, and another come to the same place.</summary>
/// <param name="Host">Its IP address.</param>
/// <param name="Namespace">The network namespace that it is in; null: this process's.</param>
internal sealed record SiloPlace(int SiloPort, int GatewayPort, int HealthPort, string Host = "127.0.0.1", string? Namespace = null)
{
    /// <summary>Where clients find it.</summary>
    public string Address => $"{Host}:{GatewayPort}";

    public static SiloPlace New() => new(Ports.Free(), Ports.Free(), Ports.Free());

    public IEnumerable<string> Arguments =>
        ["--address", Host, "--silo-port", $"{SiloPort}", "--gateway-port", $"{GatewayPort}", "--health-port", $"{HealthPort}"];
}
