using System.Text;
using System.Text.Json;
using AuthzCluster.Api.Transfer;
using FsCheck;
using FsCheck.Fluent;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class YamlTests
{
    [Fact]
    public void JsonToYaml_AnyTextBack_IsTheSame()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            if (text is null || text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
            {
                return;
            }
            var json = JsonSerializer.SerializeToUtf8Bytes(new { key = text, list = new[] { text, "x" } });
            Assert.Equal(text, Back(json).GetProperty("key").GetString());
            Assert.Equal(text, Back(json).GetProperty("list")[0].GetString());
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: '1'", """{"a":"1"}""")]
    [InlineData("a: -1.5e3", """{"a":-1.5e3}""")]
    [InlineData("a: 0x10", """{"a":"0x10"}""")]
    [InlineData("a: 010", """{"a":"010"}""")]
    [InlineData("a: yes", """{"a":"yes"}""")]
    [InlineData("a: True", """{"a":true}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a: !!str 1", """{"a":"1"}""")]
    [InlineData("a: [x, {b: c}]\nd: {}", """{"a":["x",{"b":"c"}],"d":{}}""")]
    [InlineData("- a\n- - b\n  - c: d", """["a",["b",{"c":"d"}]]""")]
    [InlineData("1: a", """{"1":"a"}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    public void YamlToJson_CoreSchema_IsRead(string yaml, string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml)).Span));

    private static JsonElement Back(byte[] json) => JsonDocument.Parse(YamlToJson.Convert(JsonToYaml.Convert(json))).RootElement;
}
