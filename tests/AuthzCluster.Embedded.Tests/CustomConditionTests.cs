using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Embedded.Tests;

/// <summary>A condition that the host registered decides wherever conditions are; of a host that did not, nothing is let in by it.</summary>
public sealed class CustomConditionTests : IDisposable
{
    private static readonly TenantId Tenant = TenantId.Default;
    private static readonly Caller Admin = Caller.System("test");
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Condition Blue = new("custom", AttributeBag.Of(
        ("name", AttributeValue.Of("moon")), ("params", AttributeValue.Of(AttributeBag.Of(("color", AttributeValue.Of("blue")))))));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("authz-custom-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Custom_OnAssignmentsTeamsAndEdges_DecidesAndOfAnotherHostDenies()
    {
        await using (var host = await StartAsync(services => services.AddCustomCondition<Moon>()))
        {
            await WriteAsync(host);
            await AssertAsync(host, "blue", isAllowed: true);
            await AssertAsync(host, "red", isAllowed: false);
            Assert.Equal(Now, (await EvaluateAsync(host, "alice", "blue")).ValidUntil);
        }
        await using (var again = await StartAsync(services => services.AddCustomCondition(new Moon())))
        {
            await AssertAsync(again, "blue", isAllowed: true);
        }
        await using var other = await StartAsync(_ => { });
        await AssertAsync(other, "blue", isAllowed: false);
    }

    [Fact]
    public async Task Custom_NotRegisteredOrWrong_IsRefusedAndPointsAtIt()
    {
        await using var host = await StartAsync(services => services.AddCustomCondition<Moon>());
        var assignments = host.Services.GetRequiredService<IAssignments>();
        await RoleAsync(host, new RoleDraft { Name = "reader", Permissions = ["docs:read"] });
        foreach (var (condition, field) in new[]
        {
            (new Condition("custom", AttributeBag.Of(("name", AttributeValue.Of("sun")))), "conditions[0].params.name"),
            (new Condition("custom", AttributeBag.Of(("name", AttributeValue.Of("moon")))), "conditions[0].params.params.color"),
        })
        {
            foreach (var who in new[] { SubjectId.User("alice"), SubjectId.Team("finance") })
            {
                var refused = (await assignments.AssignAsync(Tenant, "reader", new AssignmentDraft(who) { Conditions = [condition] }, Admin)).Error;
                Assert.Equal((ErrorCode.ValidationFailed, field), (refused!.Code, refused.Fields[0].Field));
            }
            var edge = new ParentDraft("reader", InheritanceType.Conditional) { Conditions = [condition] };
            var role = await host.Services.GetRequiredService<IRoles>().CreateAsync(Tenant, new RoleDraft { Name = "writer", Parents = [edge] }, Admin);
            Assert.Equal("parents[0]." + field, role.Error!.Fields[0].Field);
        }
    }

    [Fact]
    public void Custom_TwoOfOneName_KeepTheHostFromStarting() =>
        Assert.Throws<ArgumentException>(() => Build(services => services.AddCustomCondition<Moon>().AddCustomCondition<Moon>()).GetServices<IHostedService>().ToArray());

    private ServiceProvider Build(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection().AddEmbeddedAuthz(new EmbeddedOptions { DataDirectory = _directory.FullName });
        register(services);
        return services.BuildServiceProvider();
    }

    private async Task<Running> StartAsync(Action<IServiceCollection> register)
    {
        var running = new Running(Build(register));
        await running.Services.GetRequiredService<IHostedService>().StartAsync(default);
        return running;
    }

    private static async Task WriteAsync(Running host)
    {
        await RoleAsync(host, new RoleDraft { Name = "reader", Permissions = ["docs:read"] });
        await RoleAsync(host, new RoleDraft { Name = "writer", Parents = [new ParentDraft("reader", InheritanceType.Conditional) { Conditions = [Blue] }] });
        var assignments = host.Services.GetRequiredService<IAssignments>();
        foreach (var who in new[] { SubjectId.User("alice"), SubjectId.Team("finance") })
        {
            Assert.True((await assignments.AssignAsync(Tenant, "reader", new AssignmentDraft(who) { Conditions = [Blue] }, Admin)).IsOk);
        }
        Assert.True((await assignments.AssignAsync(Tenant, "writer", new AssignmentDraft(SubjectId.User("carol")), Admin)).IsOk);
        Assert.True((await assignments.JoinTeamAsync(Tenant, "finance", SubjectId.User("bob"), Admin)).IsOk);
    }

    private static async Task RoleAsync(Running host, RoleDraft draft) =>
        Assert.True((await host.Services.GetRequiredService<IRoles>().CreateAsync(Tenant, draft, Admin)).IsOk);

    private static async Task AssertAsync(Running host, string moon, bool isAllowed)
    {
        foreach (var who in new[] { "alice", "bob", "carol" })
        {
            Assert.Equal(isAllowed, (await EvaluateAsync(host, who, moon)).IsAllowed);
        }
    }

    private static async Task<Decision> EvaluateAsync(Running host, string who, string moon)
    {
        var question = new AccessRequest
        {
            Subject = SubjectId.User(who), Permission = Domain.Permissions.Permission.Parse("docs:read"), Context = AttributeBag.Of(("moon", AttributeValue.Of(moon))),
        };
        return (await host.Services.GetRequiredService<IDecisions>().EvaluateAsync(Tenant, question, Now)).Value!;
    }

    private sealed record Running(ServiceProvider Services) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Services.GetRequiredService<IHostedService>().StopAsync(default);
            await Services.DisposeAsync();
        }
    }

    private sealed class Moon : ICustomCondition
    {
        public string Name => "moon";

        public IReadOnlyList<FieldError> Validate(AttributeBag parameters) => parameters.TryGet("color", out _) ? [] : [new FieldError("color", "must be there")];

        public Func<AccessRequest, DateTimeOffset, bool?> Compile(AttributeBag parameters)
        {
            parameters.TryGet("color", out var color);
            return (request, _) => request.Context.TryGet("moon", out var moon) ? moon == color : null;
        }
    }
}
