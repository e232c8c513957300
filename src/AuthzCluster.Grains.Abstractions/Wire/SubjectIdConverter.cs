using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>To and from the wire.</summary>
[RegisterConverter]
internal sealed class SubjectIdConverter : IConverter<SubjectId, SubjectIdSurrogate>
{
    public SubjectId ConvertFromSurrogate(in SubjectIdSurrogate surrogate) =>
        surrogate.Type is { } type ? new SubjectId(type, surrogate.Id) : SubjectId.User(surrogate.Id);

    public SubjectIdSurrogate ConvertToSurrogate(in SubjectId value) =>
        new() { Id = value.Id, Type = value.Type == SubjectId.UserType ? null : value.Type };
}
