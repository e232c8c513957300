using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>The registered permissions of an import.</summary>
/// <param name="Registered">The tenant's own entries after it; those of before where nothing changed.</param>
/// <param name="Audit">What the audit log is to say of it.</param>
/// <param name="Warnings">What a careful author should know.</param>
internal sealed record ImportRegistry(
    ImmutableSortedDictionary<string, string?> Registered, ImmutableArray<AuditEntry> Audit, IReadOnlyList<string> Warnings)
{
    public static ImportRegistry Read(TenantModel model, IReadOnlyList<PermissionRow> rows, List<FieldError> errors)
    {
        var (entries, warnings) = (model.Registered.ToBuilder(), new List<string>());
        var (audit, seen) = (ImmutableArray.CreateBuilder<AuditEntry>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < rows.Count; i++)
        {
            var ((_, description), prefix, before) = (rows[i], $"registered_permissions[{i}].", errors.Count);
            var read = RegistryEditor.Read(rows[i].Permission, description, prefix, errors);
            if (read is null || errors.Count > before)
            {
                continue;
            }
            var text = read.ToString();
            if (!seen.Add(text))
            {
                errors.Add(new FieldError($"{prefix}permission", "occurs twice"));
            }
            else if (model.Registry.Find(read) is { IsBuiltIn: true })
            {
                // Where it comes from it need not be: another tenant has other packs.
                warnings.Add($"{prefix}permission: `{text}` is built in; left as it is");
            }
            else if (!entries.TryGetValue(text, out var old) || old != description)
            {
                audit.Add(RegistryEditor.Told(text, !entries.ContainsKey(text), old, description));
                entries[text] = description;
            }
        }
        if (entries.Count > RegistryEditor.Most)
        {
            errors.Add(new FieldError("registered_permissions", $"the tenant would have {entries.Count} of them; {RegistryEditor.Most} are the most"));
        }
        return new ImportRegistry(audit.Count == 0 ? model.Registered : entries.ToImmutable(), audit.ToImmutable(), warnings);
    }
}
