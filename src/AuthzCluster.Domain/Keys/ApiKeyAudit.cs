using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Keys;

/// <summary>A key as the audit log tells of it. Nothing in here is secret.</summary>
internal static class ApiKeyAudit
{
    public static AttributeBag Of(ApiKey key)
    {
        var bag = new List<(string, AttributeValue)>
        {
            ("name", AttributeValue.Of(key.Name)),
            ("roles", Texts(key.Roles)),
            ("tenants", Texts(key.Tenants.Select(tenant => tenant.Value))),
        };
        if (key.NarrowedTo is { } permissions)
        {
            bag.Add(("permissions", Texts(permissions.Select(permission => permission.ToString()))));
        }
        if (key.ExpiresAt is not null)
        {
            bag.Add(("expires_at", AssignmentSnapshot.Time(key.ExpiresAt)));
        }
        return AttributeBag.Of([.. bag]);
    }

    public static AttributeBag OfRotation(ApiKey key) => AttributeBag.Of(
        ("rotated_at", AssignmentSnapshot.Time(key.RotatedAt)), ("previous_valid_until", AssignmentSnapshot.Time(key.PreviousUntil)));

    private static AttributeValue Texts(IEnumerable<string> texts) => AttributeValue.Of([.. texts.Select(AttributeValue.Of)]);
}
