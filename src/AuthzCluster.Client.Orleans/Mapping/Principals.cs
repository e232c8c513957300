using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>Subjects and teams.</summary>
internal static class Principals
{
    public static SubjectId Read(Principal principal)
    {
        Texts.Check(principal);
        return new SubjectId(principal.Type, principal.Id);
    }

    public static Principal Write(SubjectId subject) => new(subject.Type, subject.Id);
}
