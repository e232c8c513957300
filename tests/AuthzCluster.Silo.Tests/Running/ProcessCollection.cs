namespace AuthzCluster.Silo.Tests.Running;

/// <summary>What starts processes runs one after the other: each has the machine to itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessCollection
{
    public const string Name = "processes";
}
