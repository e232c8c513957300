using AuthzCluster.Actors.Doors;
using AuthzCluster.Client.Orleans.Calls;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using Unavailability = AuthzCluster.Client.DecisionReason;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>Questions and their answers.</summary>
internal static class Questions
{
    /// <summary>A question as it is decided, and the instant it is about; null: now.</summary>
    /// <param name="question">As the caller asks it.</param>
    /// <param name="path">Where it stands, for errors.</param>
    public static (AccessRequest Request, DateTimeOffset? At) Read(AccessQuestion question, string path)
    {
        var subject = Principals.Read(question.Subject);
        if (subject.IsTeam)
        {
            throw Failures.Invalid($"{path}subject.type", "must not be `team`: a team asks nothing");
        }
        if (!Permission.TryParse(question.Permission, out var permission, out var hasExplicitScope, out var fault))
        {
            throw Failures.Invalid($"{path}permission", fault);
        }
        var request = new AccessRequest
        {
            Subject = subject,
            Permission = permission,
            HasExplicitScope = hasExplicitScope,
            ResourceType = Id(question.Resource?.Type, $"{path}resource.type"),
            ResourceId = Id(question.Resource?.Id, $"{path}resource.id"),
            SubjectProperties = Attributes.Read(question.SubjectProperties, $"{path}subject.properties"),
            ResourceProperties = Attributes.Read(question.Resource?.Properties, $"{path}resource.properties"),
            Context = Attributes.Read(question.Context, $"{path}context"),
        };
        return (request, Instants.Cut(question.At));
    }

    public static AccessDecision Write(Decision decision) => new()
    {
        IsAllowed = decision.IsAllowed,
        Reason = EnumText.Of(decision.Reason),
        MatchedPermission = decision.MatchedPermission?.ToString(),
        MatchedRole = decision.MatchedRole,
        MatchedAssignment = decision.MatchedAssignment,
        MatchedPolicy = decision.MatchedPolicy,
        ModelRevision = decision.ModelRevision,
        SubjectRevision = decision.SubjectRevision,
        ValidUntil = decision.ValidUntil,
    };

    /// <summary>A decision and its steps.</summary>
    /// <param name="explanation">As it was found.</param>
    /// <param name="showsPolicies">Whether the caller may see what policies say, and what is asked of whom.</param>
    public static AccessDecision Write(Explanation explanation, bool showsPolicies) => Write(explanation.Decision) with
    {
        Trace = [.. explanation.Trace.Select(Steps.Write)],
        Policies = [.. explanation.Policies.Select(step => Steps.Write(step, showsPolicies))],
        Outside = showsPolicies ? [.. explanation.Outside.Select(Steps.Write)] : [],
    };

    /// <summary>The answer to a question of a batch that could not be answered.</summary>
    public static AccessDecision Unavailable { get; } = new() { IsAllowed = false, Reason = Unavailability.Unavailable };

    private static string? Id(string? id, string field) => id is not null && Texts.IdFault(id) is { } fault ? throw Failures.Invalid(field, fault) : id;
}
