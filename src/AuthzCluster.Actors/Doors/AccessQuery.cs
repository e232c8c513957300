using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Actors.Doors;

/// <summary>What a search looks for: the one part of a question that is open.</summary>
/// <param name="Kind">Which part.</param>
/// <param name="Type">The type of the subjects or resources; of actions, that of the resource.</param>
/// <param name="Template">The question; what it says in the place of the open part means nothing.</param>
public sealed record AccessQuery(AccessQueryKind Kind, string Type, AccessRequest Template)
{
    /// <summary>
    /// What remains of it for who may ask about nobody else: of resources and of oneself counts what is stored. What one says of them oneself would list those of others,
    /// all to whom one says they belong.
    /// </summary>
    public AccessQuery AboutOneself() => Kind == AccessQueryKind.Resources
        ? this with { Template = Template with { SubjectProperties = AttributeBag.Empty, ResourceProperties = AttributeBag.Empty } } : this;

    /// <summary>The question about one candidate.</summary>
    public AccessRequest Ask(string candidate) => Kind switch
    {
        AccessQueryKind.Subjects => Template with { Subject = new SubjectId(Type, candidate) },
        AccessQueryKind.Resources => Template with { ResourceType = Type, ResourceId = candidate },
        _ => Template with { Permission = new Permission(Type, candidate) },
    };
}
