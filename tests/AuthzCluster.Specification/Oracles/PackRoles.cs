using System.Collections.Concurrent;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The built-in roles, transcribed from the contract and shared with nothing that ships.</summary>
public static class PackRoles
{
    // pack | name | level | parents | permissions
    private const string Table = """
        standard|super_admin|100||*
        standard|tenant_admin|90||authz.*:*
        standard|user_manager|70||authz.roles:read authz.roles:bind authz.assignments:* authz.teams:* authz.requests:* authz.evaluate:execute
        standard|viewer|10||*:read *:list authz.evaluate:execute
        business|super_admin|100|admin|*
        business|admin|90|manager|users:* customers:* invoices:* projects:* reports:* settings:read settings:update audit:read
        business|manager|50|read_only|customers:read customers:create customers:update invoices:* projects:* reports:read reports:create
        business|accountant|50|read_only|invoices:* payments:* expenses:* reports:read reports:create customers:read projects:read transactions:*
        business|project_manager|50|read_only|projects:* tasks:* customers:read invoices:read invoices:create reports:read
        business|client|20||invoices:read:own projects:read:own payments:create:own documents:read:own profile:*
        business|supplier|20||invoices:read:own invoices:create:own payments:read:own documents:read:own profile:*
        business|read_only|10||customers:read invoices:read projects:read reports:read
        business|guest|0||public:read
        knowledge|Viewer|10||entity:read relationship:read claim:read search:execute
        knowledge|Contributor|30|Viewer|entity:create entity:update relationship:create relationship:update claim:create claim:update
        knowledge|Editor|50|Contributor|entity:delete relationship:delete claim:delete claim:validate validation:run inference:run
        knowledge|Admin|90|Editor|entity:* relationship:* claim:* validation:* inference:* settings:* authz.*:*
        elections|voter|10||votes:submit elections:read
        elections|auditor|40||elections:read votes:audit audit:*
        elections|election-admin|70||elections:* candidates:* authz.roles:read authz.assignments:* authz.roles:bind
        elections|super-admin|100||*
        """;

    private static readonly string[][] Rows = [.. Table.Split('\n').Select(line => line.Trim().Split('|'))];

    private static readonly ConcurrentDictionary<string, IReadOnlyList<RoleDefinition>> Made = new();

    /// <summary>The roles of these packs; a role that two of them name has the permissions and parents of both.</summary>
    public static IReadOnlyList<RoleDefinition> Of(IEnumerable<string> packs) => Made.GetOrAdd(string.Join('|', packs), Make);

    private static IReadOnlyList<RoleDefinition> Make(string packs) =>
    [
        .. Rows.Where(row => packs.Split('|').Contains(row[0])).GroupBy(row => row[1]).Select(rows => new RoleDefinition
        {
            Id = IdOf(rows.Key),
            Name = rows.Key,
            DisplayName = rows.Key,
            IsSystem = true,
            Level = rows.Max(row => int.Parse(row[2])),
            Parents = [.. Words(rows, 3).Select(parent => new ParentEdge(IdOf(parent)))],
            Permissions = [.. Words(rows, 4).Select(Permission.Parse).Order()],
        }),
    ];

    private static RoleId IdOf(string name) => new("role_" + name);

    private static IEnumerable<string> Words(IEnumerable<string[]> rows, int column) =>
        rows.SelectMany(row => row[column].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct();
}
