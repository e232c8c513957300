using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A question on the wire. What is usual is left out: users, permissions without a scope, empty bags.</summary>
[GenerateSerializer, Alias("authz.question")]
internal struct AccessRequestSurrogate
{
    [Id(0)]
    public string SubjectId;

    [Id(1)]
    public string? SubjectType;

    [Id(2)]
    public string Resource;

    [Id(3)]
    public string Action;

    /// <summary>The narrower it is the more: 0 is any, so that it is what is left out.</summary>
    [Id(4)]
    public byte Narrowness;

    [Id(5)]
    public bool HasExplicitScope;

    [Id(6)]
    public string? ResourceType;

    [Id(7)]
    public string? ResourceId;

    [Id(8)]
    public AttributeBag? SubjectProperties;

    [Id(9)]
    public AttributeBag? ResourceProperties;

    [Id(10)]
    public AttributeBag? ActionProperties;

    [Id(11)]
    public AttributeBag? Context;
}
