using System.Buffers.Text;
using System.Text;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class PageTokensTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly PageTokens _tokens = new(() => Key);

    [Theory]
    [InlineData("e:secret-patient-0099")]
    [InlineData("")]
    [InlineData("ünïcode 🦊")]
    public void Token_TellsItsCursorToNobodyElse(string cursor)
    {
        var token = _tokens.Make(cursor, "list")!;

        Assert.Equal(cursor, _tokens.Read(token, "list"));
        Assert.True(cursor.Length == 0 || Base64Url.DecodeFromChars(token).AsSpan().IndexOf(Encoding.UTF8.GetBytes(cursor)) < 0);
        Assert.NotEqual(token, _tokens.Make(cursor, "list"));
    }

    [Fact]
    public void Token_OfAnotherListOrKeyOrChanged_IsRefused()
    {
        var token = _tokens.Make("cursor", "list")!;

        Refused(_tokens, token, "list2");
        Refused(new PageTokens(() => [.. Key.Reverse()]), token, "list");
        for (var i = 0; i < token.Length; i++)
        {
            Refused(_tokens, token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..], "list");
            Refused(_tokens, token[..i], "list");
        }
        Assert.Null(_tokens.Read(null, "list"));
        Assert.Null(_tokens.Make(null, "list"));
    }

    private static void Refused(PageTokens tokens, string token, string list) => Assert.Equal(400, Assert.Throws<ProblemException>(() => tokens.Read(token, list)).Problem.Status);
}
