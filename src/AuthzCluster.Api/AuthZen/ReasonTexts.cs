using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.AuthZen;

/// <summary>What is said to people of each reason.</summary>
internal static class ReasonTexts
{
    private static readonly JsonEncodedText[] Codes = [.. Enum.GetValues<DecisionReason>().Select(reason => JsonEncodedText.Encode(EnumText.Of(reason)))];
    private static readonly JsonEncodedText[] Users = [.. Enum.GetValues<DecisionReason>().Select(reason => JsonEncodedText.Encode(UserText(reason)))];

    /// <summary>The code.</summary>
    public static JsonEncodedText CodeOf(DecisionReason reason) => Codes[(int)reason];

    /// <summary>For whoever wanted to do it: names nothing.</summary>
    public static JsonEncodedText ForUser(DecisionReason reason) => Users[(int)reason];

    /// <summary>For an administrator: by what it was decided.</summary>
    public static string ForAdmin(in Decision decision) => decision.Reason switch
    {
        DecisionReason.Granted => $"role {decision.MatchedRole} gives {decision.MatchedPermission} by assignment {decision.MatchedAssignment}",
        DecisionReason.GrantedByPolicy => $"policy {decision.MatchedPolicy} gives {decision.MatchedPermission}",
        DecisionReason.DeniedByPolicy => $"policy {decision.MatchedPolicy} denies",
        DecisionReason.PolicyError => decision.MatchedPolicy is { } policy ? $"a condition of the denying policy {policy} could not be evaluated" : "a condition could not be evaluated",
        DecisionReason.NoAssignment => "no assignment of the subject or its teams is in force",
        DecisionReason.PermissionNotGranted => "assignments are in force, none of them covers this permission",
        DecisionReason.NotInScope => "a grant covers, but its scope or a condition of it does not hold",
        DecisionReason.NotOwner => "a grant covers what the subject owns, and this is somebody else's",
        _ => UserText(decision.Reason),
    };

    private static string UserText(DecisionReason reason) => reason switch
    {
        DecisionReason.Granted or DecisionReason.GrantedByPolicy => "You may do this.",
        DecisionReason.NoAssignment or DecisionReason.PermissionNotGranted => "You have not been given this.",
        DecisionReason.NotInScope => "What you have been given does not hold here or now.",
        DecisionReason.NotOwner => "This belongs to somebody else.",
        DecisionReason.DeniedByPolicy or DecisionReason.PolicyError => "A rule of your organization forbids this.",
        _ => "This cannot be decided now.",
    };
}
