using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthzCluster.Hosting.Tests.Opa;

/// <summary>An engine that asks one stub, and a clock by which it keeps answers.</summary>
internal sealed class OpaWorld : IAsyncDisposable
{
    private OpaWorld(OpaStub stub, Func<OpaOptions, OpaOptions> options)
    {
        Stub = stub;
        Faults = new FaultLog(NullLogger.Instance, Time);
        Engine = new OpaEngine(options(new OpaOptions { Urls = [stub.Url], Timeout = TimeSpan.FromSeconds(10) }).Checked(), Faults, Time);
        Stub.Documents["authz/allow"] = _ => true;
    }

    public OpaStub Stub { get; }

    public FaultLog Faults { get; }

    public OpaEngine Engine { get; }

    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));

    public static async Task<OpaWorld> StartAsync(Func<OpaOptions, OpaOptions>? options = null) => new(await OpaStub.StartAsync(), options ?? (opa => opa));

    public static OutsideCall Call(string path = "authz/allow", string? url = null, string tenant = "acme", long model = 1, long subject = 1, string id = "42") => new(
        new TenantId(tenant), DateTimeOffset.UnixEpoch, model, subject, url, new OutsideQuestion(path, null),
        new AccessRequest
        {
            Subject = SubjectId.User("alice"),
            Permission = Permission.Parse("docs:read"),
            ResourceId = id,
            SubjectProperties = AttributeBag.Of(("level", AttributeValue.Of(3m))),
            Context = AttributeBag.Of(("ip_address", AttributeValue.Of("10.0.0.1"))),
        });

    public Task<OutsideAnswer> AskAsync(OutsideCall? call = null) => Engine.AskAsync(call ?? Call()).AsTask();

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        await Stub.DisposeAsync();
    }
}
