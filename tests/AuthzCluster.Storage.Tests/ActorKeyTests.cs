using System.Text;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Tests.Conformance;
using FsCheck;
using FsCheck.Fluent;

namespace AuthzCluster.Storage.Tests;

/// <summary>The laws of keys: different things have different keys, and a key tells what it names.</summary>
public sealed class ActorKeyTests
{
    // Few letters, those that could be taken for separators or escapes, so that near misses are common.
    private static readonly Gen<string> Ids = Gen.OneOf(
        Gen.Elements(ActorStoreConformance.OddIds),
        Gen.Elements("a", "A", "/", "%", "%2F", "%25", ":", "0", "user", "\u0001", "ä", "😀").ListOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null && IsValid(text)));

    private static readonly Gen<(TenantId, SubjectId)> Subjects =
        from tenant in Ids from type in Ids from id in Ids select (new TenantId(tenant), new SubjectId(type, id));

    [Fact]
    public void Of_Subject_RoundTrips() => Check(Subjects, subject =>
    {
        var key = ActorKey.Of(subject.Item1, subject.Item2);
        return key.IsSubject && !key.IsRole && key.Tenant == subject.Item1 && key.Subject == subject.Item2;
    });

    [Fact]
    public void Of_Entity_RoundTrips() => Check(Subjects, subject =>
    {
        var entity = EntityId.Of(subject.Item2);
        var key = ActorKey.Of(subject.Item1, entity);
        return !key.IsSubject && !key.IsRole && key.Tenant == subject.Item1 && key.Entity == entity;
    });

    [Fact]
    public void Of_Role_RoundTrips() => Check(Ids.Two(), ids =>
    {
        var key = ActorKey.Of(new TenantId(ids.Item1), new RoleId(ids.Item2));
        return key.IsRole && !key.IsSubject && key.Tenant.Value == ids.Item1 && key.Role.Value == ids.Item2;
    });

    [Fact]
    public void Of_ApiKey_RoundTripsAndIsNoTenants() => Check(Ids, id =>
    {
        var key = ActorKey.Of(new ApiKeyId(id));
        return key.IsApiKey && !key.IsSubject && !key.IsRole && key.ApiKey.Value == id && key.Tenant == IndexNames.Everywhere;
    });

    [Fact]
    public void Of_Tenant_RoundTrips() => Check(Ids, id =>
        ActorKey.Of(new TenantId(id)).Tenant.Value == id && ActorKey.OfAudit(new TenantId(id)).Tenant.Value == id);

    [Fact]
    public void Of_TwoThings_AreEqualOnlyIfTheThingsAre() => Check(Subjects.Two(), two =>
        two.Item1 == two.Item2 == (ActorKey.Of(two.Item1.Item1, two.Item1.Item2) == ActorKey.Of(two.Item2.Item1, two.Item2.Item2)));

    [Fact]
    public void Of_OneIdInAllKinds_AreAllDifferent() => Check(Ids.Two(), ids =>
    {
        var (tenant, id) = (new TenantId(ids.Item1), ids.Item2);
        ActorKey[] keys =
        [
            ActorKey.Of(tenant), ActorKey.OfAudit(tenant), ActorKey.Of(tenant, new RoleId(id)), ActorKey.Of(tenant, SubjectId.User(id)),
            ActorKey.Of(new ApiKeyId(id)), ActorKey.Of(tenant, new EntityId("user", id)),
            ActorKey.OfRequest(tenant, id), ActorKey.OfWebhook(tenant, id),
        ];
        return keys.Distinct().Count() == 8 && keys.Select(key => key.Kind.ToString()).ToHashSet().SetEquals(ActorKey.Kinds);
    });

    [Fact]
    public void Of_Anything_IsPrintableAsciiAndNeverANumber() => Check(Subjects, subject =>
    {
        var key = ActorKey.Of(subject.Item1, subject.Item2).Value;
        return key.All(letter => letter is > ' ' and < '\u007f') && key.Any(letter => !char.IsAsciiHexDigit(letter)) && key.StartsWith("ua:", StringComparison.Ordinal);
    });

    private static bool IsValid(string text)
    {
        try
        {
            new UTF8Encoding(false, true).GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> law) => Prop.ForAll(values.ToArbitrary(), law).QuickCheckThrowOnFailure();
}
