using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Policies.Outside;

public class OutsideRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("authz/allow", null)]
    [InlineData("allow", "http://127.0.0.1:8181")]
    [InlineData("a b/ü/%2e%2e/..x", "https://opa.example/base/")]
    public void Validate_AGoodOne_IsGood(string path, string? url) => Assert.Empty(Errors(path, url));

    [Theory]
    [InlineData(null, null, "c.params.path")]
    [InlineData("", null, "c.params.path")]
    [InlineData("/authz", null, "c.params.path")]
    [InlineData("authz/", null, "c.params.path")]
    [InlineData("a//b", null, "c.params.path")]
    [InlineData("a/../b", null, "c.params.path")]
    [InlineData("./b", null, "c.params.path")]
    [InlineData("a\nb", null, "c.params.path")]
    [InlineData("a", "", "c.params.url")]
    [InlineData("a", "opa", "c.params.url")]
    [InlineData("a", "file:///etc/passwd", "c.params.url")]
    [InlineData("a", "gopher://opa", "c.params.url")]
    [InlineData("a", "http://u@opa", "c.params.url")]
    [InlineData("a", "http://opa?", "c.params.url")]
    [InlineData("a", "http://opa#", "c.params.url")]
    [InlineData("a", " http://opa", "c.params.url")]
    [InlineData("a", "http://", "c.params.url")]
    public void Validate_ABadOne_IsRefusedByItsPlace(string? path, string? url, string place) => Assert.Equal(place, Assert.Single(Errors(path, url)).Field);

    [Fact]
    public void Validate_TooMuchOrAnotherMember_IsRefused()
    {
        Assert.Single(Errors(new string('a', 513), null));
        Assert.Empty(Errors(new string('a', 512), null));
        Assert.Single(Errors(string.Join('/', Enumerable.Repeat("a", 33)), null));
        Assert.Single(Errors("a", "http://" + new string('a', 1100)));
        Assert.Equal("c.params.token", Assert.Single(Errors(AttributeBag.Of(("path", AttributeValue.Of("a")), ("token", AttributeValue.Of("x"))))).Field);
        Assert.Equal("c.params.url", Assert.Single(Errors(AttributeBag.Of(("path", AttributeValue.Of("a")), ("url", AttributeValue.Of(1m))))).Field);
    }

    [Theory]
    [InlineData("http://OPA.example:80/", "http://opa.example")]
    [InlineData("HTTPS://opa.example:8181/a/b/", "https://opa.example:8181/a/b")]
    [InlineData("http://opa/a/../b", "http://opa/b")]
    public void Normal_OfTwoWays_IsOne(string url, string normal) => Assert.Equal(normal, OutsideAddress.Normal(url));

    [Fact]
    public void Settings_OfATenant_AreCheckedWhole()
    {
        Assert.Equal(["settings.opa.path"], Update("opa", null));
        Assert.Equal(["settings.opa.path"], Update("opa", AttributeBag.Empty));
        Assert.Equal(["settings.opa.path"], Update("opa", AttributeBag.Of(("path", AttributeValue.Of("/x")))));
        Assert.Equal(["settings.opa.url"], Update(null, AttributeBag.Of(("url", AttributeValue.Of("x")))));
        Assert.Equal(["settings.opa.other"], Update(null, AttributeBag.Of(("other", AttributeValue.Of("x")))));
        Assert.Equal(["settings.policy_engine"], Update("rego", null));
        Assert.Empty(Update(null, AttributeBag.Of(("url", AttributeValue.Of("http://opa")))));
        Assert.Empty(Update("opa", AttributeBag.Of(("path", AttributeValue.Of("authz/allow")))));
        Assert.Empty(Update("local", null));
    }

    [Fact]
    public void Settings_ThePathOfTheFinalWord_IsNotTakenBack()
    {
        var model = TenantEditor.Update(New(), Patch("opa", AttributeBag.Of(("path", AttributeValue.Of("a")))), null, Now).Value!.Model;
        var without = new TenantPatch { Settings = AttributeBag.Of(("opa", AttributeValue.Null)) };
        Assert.Equal("settings.opa.path", Assert.Single(TenantEditor.Update(model, without, null, Now).Error!.Fields).Field);
        var both = new TenantPatch { Settings = AttributeBag.Of(("opa", AttributeValue.Null), ("policy_engine", AttributeValue.Null)) };
        Assert.True(TenantEditor.Update(model, both, null, Now).IsOk);
    }

    private static TenantModel New() => TenantEditor.Create(new TenantId("acme"), new TenantPatch(), Now).Value!.Model;

    private static TenantPatch Patch(string? engine, AttributeBag? opa) => new()
    {
        Settings = AttributeBag.Of([
            .. engine is null ? [] : new[] { ("policy_engine", AttributeValue.Of(engine)) },
            .. opa is null ? [] : new[] { ("opa", AttributeValue.Of(opa)) },
        ]),
    };

    private static string[] Update(string? engine, AttributeBag? opa)
    {
        var created = TenantEditor.Create(new TenantId("globex"), Patch(engine, opa), Now);
        var updated = TenantEditor.Update(New(), Patch(engine, opa), null, Now);
        Assert.Equal(created.IsOk, updated.IsOk);
        return updated.IsOk ? [] : [.. updated.Error!.Fields.Select(field => field.Field)];
    }

    private static List<FieldError> Errors(string? path, string? url) => Errors(AttributeBag.Of([
        .. path is null ? [] : new[] { ("path", AttributeValue.Of(path)) },
        .. url is null ? [] : new[] { ("url", AttributeValue.Of(url)) },
    ]));

    private static List<FieldError> Errors(AttributeBag parameters)
    {
        var errors = new List<FieldError>();
        ConditionRules.Validate(new Condition("opa", parameters), "c", errors);
        return errors;
    }
}
