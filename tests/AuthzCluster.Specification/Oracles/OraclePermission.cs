using System.Text.RegularExpressions;

namespace AuthzCluster.Specification.Oracles;

/// <summary>A permission as the contract reads its text: the oracle's own grammar and covering.</summary>
/// <param name="Resource">The resource, a prefix such as <c>authz.*</c>, or <c>*</c>.</param>
/// <param name="Action">The action or <c>*</c>.</param>
/// <param name="Scope">0 own, 1 team, 2 customer, 3 everything.</param>
/// <param name="IsExplicit">Whether a scope was written.</param>
public sealed partial record OraclePermission(string Resource, string Action, int Scope, bool IsExplicit)
{
    private static readonly string[] Scopes = ["own", "team", "customer", "*"];

    /// <summary>Reads a text; null where it is malformed.</summary>
    public static OraclePermission? Read(string text)
    {
        if (text == "*")
        {
            return new OraclePermission("*", "*", 3, false);
        }
        var dot = text.LastIndexOf('.');
        var match = Form().Match(text.Contains(':') || dot < 0 ? text : $"{text[..dot]}:{text[(dot + 1)..]}");
        if (!match.Success || match.Groups["resource"].Length > 128)
        {
            return null;
        }
        var scope = match.Groups["scope"];
        return new OraclePermission(match.Groups["resource"].Value, match.Groups["action"].Value,
            scope.Success ? Array.IndexOf(Scopes, scope.Value) : 3, scope.Success);
    }

    /// <summary>Whether resource and action of this cover those of the other; scopes aside.</summary>
    public bool Matches(OraclePermission asked) =>
        (Resource == "*" || Resource == asked.Resource || (Resource.EndsWith(".*", StringComparison.Ordinal) && asked.Resource.StartsWith(Resource[..^1], StringComparison.Ordinal)))
        && (Action == "*" || Action == asked.Action);

    /// <summary>The text without what goes without saying.</summary>
    public override string ToString() => Scope < 3 ? $"{Resource}:{Action}:{Scopes[Scope]}" : (Resource, Action) == ("*", "*") ? "*" : $"{Resource}:{Action}";

    [GeneratedRegex(@"^(?<resource>\*|[A-Za-z0-9_./-]+?(\.\*)?):(?<action>\*|[A-Za-z0-9_./-]{1,128})(:(?<scope>own|team|customer|\*))?\z")]
    private static partial Regex Form();
}
