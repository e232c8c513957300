using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Tests.Contracts;

public sealed class ContractJsonTests
{
    private const int Rounds = 100;

    public static TheoryData<string> Types => [.. ContractTypes.All.Select(ContractTypes.NameOf)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_WhatWasWritten_IsTheSame(string name)
    {
        var type = ContractTypes.All.Single(type => ContractTypes.NameOf(type) == name);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var value = new Samples(new Random(seed)).Make(type);
            var json = JsonSerializer.SerializeToUtf8Bytes(value, type, ContractJson.Options);

            var read = JsonSerializer.Deserialize(json, type, ContractJson.Options);

            var difference = Deep.Difference(value, read);
            Assert.True(difference is null, $"seed {seed}: {difference}\n{Encoding.UTF8.GetString(json)}");
            Assert.Equal(json, JsonSerializer.SerializeToUtf8Bytes(read, type, ContractJson.Options));
        }
    }

    [Fact]
    public void Read_MembersThatNobodyKnows_PassesThemOver()
    {
        const string json = """
            {"later":{"a":[1]},"ok":{"role":null,"later":1,"warnings":["w"]},"more":2}
            """;

        var read = ContractJson.Read<Result<RoleChange>>(Encoding.UTF8.GetBytes(json));

        Assert.Equal("w", Assert.Single(read.Value!.Warnings));
    }

    [Fact]
    public void Read_MembersThatAreMissing_TakeTheirDefaults()
    {
        var role = ContractJson.Read<RoleDefinition>("""{"id":"r","name":"n"}"""u8);

        Assert.True(role.IsActive);
        Assert.Equal((1, 0), (role.Version, role.Level));
        Assert.Empty(role.Permissions);
        Assert.Same(AttributeBag.Empty, role.Metadata);
        Assert.Null(ContractJson.Read<Caller>("""{"principal":{"type":"user","id":"a"},"request_id":"x"}"""u8).Request);
    }

    [Fact]
    public void Read_KindBehindOtherMembers_IsFound()
    {
        var edit = ContractJson.Read<RoleEdit>("""{"role":"r","if_version":3,"kind":"add_permission","permission":"a:b"}"""u8);

        Assert.Equal(new RoleEdit.AddPermission(new RoleId("r"), "a:b", 3), edit);
    }

    [Fact]
    public void Write_Edits_KnowsEveryKind() =>
        Assert.All(typeof(RoleEdit).GetNestedTypes(), type => Assert.StartsWith("{\"kind\":", Encoding.UTF8.GetString(
            ContractJson.Write((RoleEdit)new Samples(new Random(1)).Make(type)!)), StringComparison.Ordinal));

    [Fact]
    public void Read_KindThatNobodyKnows_Throws() =>
        Assert.ThrowsAny<Exception>(() => ContractJson.Read<RoleEdit>("""{"kind":"later","role":"r"}"""u8));

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("-0.10")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1E+300")]
    [InlineData("2.5E-300")]
    public void Write_Number_KeepsItsText(string text)
    {
        Assert.True(AttributeValue.TryParseNumber(text, out var number));

        var json = ContractJson.Write(AttributeBag.Of(("n", number)));

        Assert.Equal($"{{\"n\":{text}}}", Encoding.UTF8.GetString(json));
        Assert.True(ContractJson.Read<AttributeBag>(json).TryGet("n", out var read));
        Assert.Equal(text, read.NumberText);
    }

    [Fact]
    public void Write_WhatIsComputed_IsLeftOut() =>
        Assert.Equal("""{"type":"team","id":"x"}""", Encoding.UTF8.GetString(ContractJson.Write(SubjectId.Team("x"))));

    [Fact]
    public void Write_DeepData_ComesBack()
    {
        var value = AttributeValue.Of("leaf");
        for (var i = 0; i < 32; i++)
        {
            value = i % 2 == 0 ? AttributeValue.Of([value]) : AttributeValue.Of(AttributeBag.Of(("x", value)));
        }
        var draft = new RoleDraft { Name = "n", Parents = [new ParentDraft("p") { Conditions = [new("c", AttributeBag.Of(("x", value)))] }] };

        var read = ContractJson.Read<RoleEdit>(ContractJson.Write<RoleEdit>(new RoleEdit.Create(new RoleId("r"), draft)));

        Assert.Equal(AttributeBag.Of(("x", value)), ((RoleEdit.Create)read).Draft.Parents[0].Conditions[0].Params);
    }

    [Fact]
    public void Write_ReplacementByNothing_IsNoAbsence()
    {
        var patch = new AssignmentPatch { ExpiresAt = new Replacement<DateTimeOffset?>(null) };

        var read = ContractJson.Read<AssignmentPatch>(ContractJson.Write(patch));

        Assert.Equal(new Replacement<DateTimeOffset?>(null), read.ExpiresAt);
        Assert.Null(read.StartsAt);
    }

    [Fact]
    public void Write_LimitOfAKey_IsNeverLost()
    {
        var key = new ApiKey
        {
            Id = new ApiKeyId("k"), Owner = new("t"), Name = "n", Tenants = [new("t")], CreatedAt = DateTimeOffset.UnixEpoch, CreatedBy = "user:x", NarrowedTo = [],
        };

        Assert.Empty(ContractJson.Read<ApiKey>(ContractJson.Write(key)).NarrowedTo!.Value);
        Assert.Null(ContractJson.Read<ApiKey>(ContractJson.Write(key with { NarrowedTo = null })).NarrowedTo);
        Assert.Throws<JsonException>(() => ContractJson.Read<Caller>("""{"principal":{"type":"a","id":"b"},"narrowed_to":["not one"]}"""u8));
        Assert.Throws<ArgumentException>(() => ContractJson.Write(key with { NarrowedTo = default(ImmutableArray<Permission>) }));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"ok\":")]
    [InlineData("{\"error\":{\"code\":\"nonsense\",\"detail\":\"x\"}}")]
    public void Read_WhatIsNoResult_Throws(string json) =>
        Assert.ThrowsAny<JsonException>(() => ContractJson.Read<Result<bool>>(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Read_ResultOfNothing_IsOk()
    {
        var read = ContractJson.Read<Result<OpenedKey?>>(ContractJson.Write<Result<OpenedKey?>>((OpenedKey?)null));

        Assert.Null(read.Error);
        Assert.Null(read.Value);
    }
}
