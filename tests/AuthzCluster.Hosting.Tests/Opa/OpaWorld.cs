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

/// <summary>An engine that asks one stub, a clock by which it keeps answers, and one by which it waits for them.</summary>
internal sealed class OpaWorld : IAsyncDisposable
{
    private OpaWorld(OpaStub stub, Func<OpaOptions, OpaOptions> options, TimeProvider? patience)
    {
        Stub = stub;
        Faults = new FaultLog(NullLogger.Instance, Time);
        Engine = new OpaEngine(options(new OpaOptions { Urls = [stub.Url], Timeout = TimeSpan.FromSeconds(10) }).Checked(), Faults, Time, patience ?? Patience);
        Stub.Documents["authz/allow"] = _ => true;
    }

    public OpaStub Stub { get; }

    public FaultLog Faults { get; }

    public OpaEngine Engine { get; }

    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));

    /// <summary>Nothing takes too long until it is moved.</summary>
    public ManualTimeProvider Patience { get; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>The timeout is 10 s.</summary>
    /// <param name="options">What is otherwise.</param>
    /// <param name="patience">By which it waits; null: <see cref="Patience"/>.</param>
    public static async Task<OpaWorld> StartAsync(Func<OpaOptions, OpaOptions>? options = null, TimeProvider? patience = null) =>
        new(await OpaStub.StartAsync(), options ?? (opa => opa), patience);

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
