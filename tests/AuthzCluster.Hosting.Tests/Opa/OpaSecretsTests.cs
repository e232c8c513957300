using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Opa;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthzCluster.Hosting.Tests.Opa;

public sealed class OpaSecretsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Ask_OverTls_TheAuthorityAndTheTokenCount()
    {
        var (authority, own) = Certificates();
        await using var stub = await OpaStub.StartAsync(own);
        stub.Documents["authz/allow"] = _ => true;
        var options = new OpaOptions { Urls = [stub.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)], TokenFile = File("token", "s3cret\n"), Authority = File("ca.pem", authority), Timeout = TimeSpan.FromSeconds(10) };
        Assert.Equal((Truth.True, null), await AskAsync(options));
        Assert.Equal("Bearer s3cret", Assert.Single(stub.Asked).Authorization);

        // Of another name, and of nobody's authority.
        Assert.Equal((Truth.Error, "the policy server's certificate is not trusted"), await AskAsync(options with { Urls = [stub.Url] }));
        Assert.Equal((Truth.Error, "the policy server's certificate is not trusted"), await AskAsync(options with { Authority = null }));
        Assert.Single(stub.Asked);
    }

    [Theory]
    [InlineData("ftp://opa", "--opa-url")]
    [InlineData("opa:8181", "--opa-url")]
    [InlineData("http://user:pass@opa", "--opa-url")]
    [InlineData("http://opa/?x=1", "--opa-url")]
    [InlineData("http://opa/#x", "--opa-url")]
    public void Checked_AnAddressThatIsNone_IsRefused(string url, string named) => Refused(new OpaOptions { Urls = [url] }, named);

    [Fact]
    public void Checked_WhatCannotWork_IsRefusedByItsName()
    {
        var good = new OpaOptions { Urls = ["https://opa.example"] };
        Assert.Same(good, good.Checked());
        Refused(new OpaOptions { TokenFile = "x" }, "--opa-token-file");
        Refused(new OpaOptions { Authority = "x" }, "--opa-ca");
        Refused(good with { TokenFile = Path.Combine(_directory.Path, "none") }, "--opa-token-file");
        Refused(good with { TokenFile = File("empty", " \n") }, "--opa-token-file");
        Refused(good with { TokenFile = File("two", "one two") }, "--opa-token-file");
        Refused(good with { Urls = ["http://opa.example"], TokenFile = File("token", "t") }, "--opa-token-file");
        Refused(good with { Authority = File("no.pem", "nothing") }, "--opa-ca");
        Refused(good with { Timeout = TimeSpan.FromMinutes(1) }, "--opa-timeout");
        Refused(good with { Keep = TimeSpan.FromSeconds(6) }, "--opa-keep");
        Refused(good with { Pause = TimeSpan.Zero }, "--opa-pause");
        Refused(good with { MostAtOnce = 0 }, "--opa-connections");
        Refused(good with { Failures = 0 }, "--opa-failures");
    }

    public void Dispose() => _directory.Dispose();

    private static void Refused(OpaOptions options, string named) =>
        Assert.StartsWith(named, Assert.Throws<StartRefusedException>(options.Checked).Message, StringComparison.Ordinal);

    private static async Task<(Truth, string?)> AskAsync(OpaOptions options)
    {
        using var engine = new OpaEngine(options.Checked(), new FaultLog(NullLogger.Instance, TimeProvider.System), TimeProvider.System);
        var answer = await engine.AskAsync(OpaWorld.Call());
        return (answer.Truth, answer.Problem);
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(_directory.Path, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    private static (string Authority, X509Certificate2 Own) Certificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=policy authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(from, to);
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ownRequest = new CertificateRequest("CN=localhost", ownKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        ownRequest.CertificateExtensions.Add(names.Build());
        using var own = ownRequest.Create(authority, from, to, [1, 2, 3, 4]);
        using var whole = own.CopyWithPrivateKey(ownKey);
        return (authority.ExportCertificatePem(), X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null));
    }
}
