using System.Text.Json.Nodes;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Http.Tests.Cases;

/// <summary>The checks of a case asked the other way round: who is found is whom the check allows.</summary>
internal static class HttpSearches
{
    /// <summary>Holds a search for who may do what a check asks to agree with the check.</summary>
    public static async Task HoldAsync(ApiClient api, AuthzCase test, CaseCheck check, bool isAllowed)
    {
        if (check.Subject.IsTeam)
        {
            return;
        }
        var search = CaseJson.Question(check);
        ((JsonObject)search["subject"]!).Remove("id");
        search["limit"] = 1000;
        var found = (await api.PostAsync("/api/v1/search/subject", search.ToJsonString())).Is(200).Items.Select(item => item.GetProperty("id").GetString()).ToList();
        Assert.Equal(found.Count, found.Distinct().Count());
        // Who holds nothing and of whom nothing is stored is looked for nowhere, whatever a policy gives.
        if (!isAllowed || IsKnown(test, check.Subject))
        {
            Assert.True(isAllowed == found.Contains(check.Subject.Id), $"{test.Name}: {check.Subject} {check.Permission} is {isAllowed}, found were {string.Join(", ", found)}");
        }
    }

    /// <summary>Holds the AuthZEN form of a check to agree with it, where it has one.</summary>
    public static async Task AskAuthZenAsync(ApiClient api, CaseCheck check, bool isAllowed)
    {
        if (check.ResourceId is null || check.Permission.Split(':') is not [var resource, var action] || (check.ResourceType ?? resource) != resource || check.Permission.Contains('*', StringComparison.Ordinal))
        {
            return;
        }
        var question = CaseJson.Question(check);
        foreach (var name in new[] { "permission", "at" })
        {
            question.Remove(name);
        }
        ((JsonObject)question["action"]!)["name"] = action;
        ((JsonObject)question["resource"]!)["type"] = resource;
        var reply = (await api.PostAsync("/access/v1/evaluation", question.ToJsonString())).Is(200);
        Assert.True(isAllowed == reply["decision"].GetBoolean(), $"{check.Subject} {check.Permission} is {isAllowed}: {reply.Text}");
        var batch = (await api.PostAsync("/access/v1/evaluations", new JsonObject { ["evaluations"] = new JsonArray([question]) }.ToJsonString())).Is(200);
        Assert.Equal(reply.Text, batch["evaluations"][0].GetRawText());
    }

    private static bool IsKnown(AuthzCase test, SubjectId subject) =>
        test.Assignments.Any(one => one.Draft.Principal == subject)
        || test.Entities.Any(entity => !entity.IsDeleted && entity.Id.Type == subject.Type && entity.Id.Id == subject.Id)
        || test.Memberships.Any(pair => pair.Item1 == subject && test.Assignments.Any(one => one.Draft.Principal == SubjectId.Team(pair.Item2)));
}
