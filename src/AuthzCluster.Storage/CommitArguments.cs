using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage;

/// <summary>What is checked of a commit before it joins a group.</summary>
internal static class CommitArguments
{
    public static void Check(Commit commit)
    {
        StoredText.Check(commit.Key.Value);
        CheckRows(commit.Adds);
        CheckRows(commit.Removes);
        CheckRows(commit.Requires);
        CheckRows(commit.Vacant);
        foreach (var row in commit.Outbox)
        {
            StoredText.Check(row.Tenant.Value);
        }

        if (commit.Request is { } request)
        {
            CheckRequest(request.Tenant, request.Id);
        }
    }

    public static void CheckRequest(TenantId tenant, string id)
    {
        StoredText.Check(tenant.Value);
        StoredText.Check(id);
    }

    private static void CheckRows(IReadOnlyList<IndexRow> rows)
    {
        foreach (var row in rows)
        {
            IndexCodes.Of(row.Index);
            StoredText.Check(row.Tenant.Value);
            StoredText.Check(row.Key);
            StoredText.Check(row.Member);
        }
    }
}
