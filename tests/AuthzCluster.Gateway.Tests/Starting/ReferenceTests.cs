using System.Reflection;

namespace AuthzCluster.Gateway.Tests.Starting;

/// <summary>What a gateway is not made of.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Gateway_AllThatItRefersTo_HasNoGrainsAndNoDatabase()
    {
        var found = new HashSet<string>();
        Collect(typeof(GatewayApp).Assembly.GetName());

        Assert.Contains("Orleans.Core", found);
        Assert.Contains("AuthzCluster.Grains.Abstractions", found);
        Assert.DoesNotContain("AuthzCluster.Grains", found);
        Assert.DoesNotContain(found, name => name is "AuthzCluster.Storage" or "AuthzCluster.Embedded" or "AuthzCluster.Silo" or "Npgsql" or "Orleans.Server"
            || name.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) || name.Contains("AdoNet", StringComparison.OrdinalIgnoreCase));

        void Collect(AssemblyName name)
        {
            if (!found.Add(name.Name!) || name.Name!.StartsWith("System", StringComparison.Ordinal))
            {
                return;
            }
            foreach (var next in Assembly.Load(name).GetReferencedAssemblies())
            {
                Collect(next);
            }
        }
    }
}
