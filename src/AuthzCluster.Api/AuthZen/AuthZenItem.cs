using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.AuthZen;

/// <summary>One question as it was sent, or the defaults of a batch; what was not given is null.</summary>
internal record AuthZenItem
{
    /// <summary>Who.</summary>
    public AuthZenPart? Subject { get; set; }

    /// <summary>Does what.</summary>
    public AuthZenPart? Action { get; set; }

    /// <summary>With what.</summary>
    public AuthZenPart? Resource { get; set; }

    /// <summary>The circumstances.</summary>
    public AttributeBag? Context { get; set; }

    /// <summary>What is of a wrong type beside the parts; null: nothing.</summary>
    public string? OwnFault { get; set; }

    /// <summary>What is of a wrong type; null: nothing.</summary>
    public string? Fault => OwnFault ?? Subject?.Fault ?? Action?.Fault ?? Resource?.Fault;

    /// <summary>What keeps it from being a question, or a search for one part of it: something of a wrong type, or missing; null: nothing.</summary>
    public string? Incomplete(AccessQueryKind? open = null) => Fault ?? Missing(open);

    private string? Missing(AccessQueryKind? open) =>
        Subject is null ? "subject is missing"
        : Subject.Type is null ? "subject.type is missing"
        : Subject.Id is null && open != AccessQueryKind.Subjects ? "subject.id is missing"
        : Action is null && open != AccessQueryKind.Actions ? "action is missing"
        : Action is { Name: null } && open != AccessQueryKind.Actions ? "action.name is missing"
        : Resource is null ? "resource is missing"
        : Resource.Type is null ? "resource.type is missing"
        : Resource.Id is null && open != AccessQueryKind.Resources ? "resource.id is missing"
        : null;

    /// <summary>This over the defaults of its batch: a part that it has takes the place of the default, but for a type, an id or a name that it lacks.</summary>
    public AuthZenItem Over(AuthZenItem defaults) => new()
    {
        Subject = Over(Subject, defaults.Subject),
        Action = Over(Action, defaults.Action),
        Resource = Over(Resource, defaults.Resource),
        Context = Context ?? defaults.Context,
        OwnFault = OwnFault,
    };

    private static AuthZenPart? Over(AuthZenPart? part, AuthZenPart? otherwise) => part is null || otherwise is null ? part ?? otherwise : part.Over(otherwise);
}
