namespace AuthzCluster.Silo.Tests.Running;

/// <summary>Where a silo listens: it may go, and another come to the same place.</summary>
internal sealed record SiloPlace(int SiloPort, int GatewayPort, int HealthPort)
{
    /// <summary>Where clients find it.</summary>
    public string Address => $"127.0.0.1:{GatewayPort}";

    public static SiloPlace New() => new(Ports.Free(), Ports.Free(), Ports.Free());

    public IEnumerable<string> Arguments => ["--silo-port", $"{SiloPort}", "--gateway-port", $"{GatewayPort}", "--health-port", $"{HealthPort}"];
}
