namespace AuthzCluster.Http.Tests.Documents;

/// <summary>What document 001 lists, as it lists it.</summary>
internal static class Document001
{
    /// <summary>Its resources and their actions.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Actions = Table("""
        users: create read update delete list
        customers: create read update delete list export
        suppliers: create read update delete list
        invoices: create read update delete list export approve
        projects: create read update delete list export
        tasks: create read update delete list
        payments: create read update delete list approve
        expenses: create read update delete list approve
        transactions: create read update delete list export
        reports: create read list export
        documents: create read update delete list
        settings: read update
        audit: read list export
        roles: create read update delete list
        profile: read update
        public: read
        """);

    /// <summary>The resources that have scoped permissions besides.</summary>
    public static readonly string[] Scoped = ["invoices", "projects", "documents", "payments"];

    /// <summary>Its unscoped permissions: all of them for <c>*</c>, all of a resource for <c>RESOURCE:*</c>.</summary>
    public static IEnumerable<string> Expand(string pattern) => pattern switch
    {
        "*" => Actions.Keys.SelectMany(resource => Expand($"{resource}:*")),
        _ when pattern.Split(':') is [var resource, "*"] => Actions[resource].Select(action => $"{resource}:{action}"),
        _ => [pattern],
    };

    private static Dictionary<string, string[]> Table(string text) =>
        text.Split('\n').Select(line => line.Split(": ")).ToDictionary(line => line[0], line => line[1].Trim().Split(' '));
}
