namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A subject on the wire: no type for users, as nearly all are.</summary>
[GenerateSerializer, Alias("authz.subject")]
internal struct SubjectIdSurrogate
{
    [Id(0)]
    public string Id;

    [Id(1)]
    public string? Type;
}
