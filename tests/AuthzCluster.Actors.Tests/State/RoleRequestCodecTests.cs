using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.State;

public sealed class RoleRequestCodecTests
{
    private static readonly DateTimeOffset Time = new(2026, 7, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);

    // Those of the golden files: never change them.
    private static readonly RoleRequestState Granting = new(
        new RoleRequest
        {
            Principal = new SubjectId("service", "robot"), Wish = SampleState.Full with { RevokedAt = null }, Duration = TimeSpan.FromHours(8), Ticket = "SEC-1 ä",
            OpenUntil = Time.AddDays(30), Approvals = [new RequestApproval("user:boss", Time, "fine"), new RequestApproval("user:chief", Time.AddHours(1), null)],
        },
        new RequestGranting(
            new Caller(SubjectId.User("chief"), "request-1")
            {
                ReachesSystem = true, NarrowedTo = [Permission.Parse("authz.requests:approve"), Permission.Parse("a.*:read:own")],
                Request = new RequestKey(new TenantId("acme"), "key", [1, 2, 3]),
            },
            "grant-1", Time.AddHours(1)));

    private static readonly RoleRequestState Ended = new(Granting.Request with
    {
        Duration = null, Ticket = null, Status = RequestStatus.Approved, DecidedBy = "user:chief", DecidedAt = Time.AddHours(2), Comment = "c", AssignmentId = "a7",
    });

    private static readonly RoleRequestState Least = new(new RoleRequest
    {
        Principal = SubjectId.User("a"), Wish = new Assignment { Id = "1", Role = new RoleId("r"), GrantedBy = "user:a", GrantedAt = Time }, OpenUntil = Time,
    });

    private static readonly SubjectAssignments WithApproval = SampleState.Subject with
    {
        Live = [SampleState.Full with { RevokedAt = null, Approval = new AssignmentApproval("r7", "user:alice", ["user:boss", "user:chief"], Time) { Ticket = "T" } }],
    };

    private static readonly TenantModel WithRequestPolicy = SampleState.Model with
    {
        Roles = SampleState.Model.Roles.SetItem(new RoleId("r2"), SampleState.Model.Roles[new RoleId("r2")] with
        {
            RequestPolicy = new RequestPolicy
            {
                Requesters = ["team:blue", "user:alice"], Approvers = ["role:boss"], Approvals = 2, MaxDuration = TimeSpan.FromHours(8), RequireReason = true, RequireTicket = true,
            },
        }),
    };

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        foreach (var state in new[] { Granting, Ended, Least })
        {
            AssertSame(state, RoleRequestCodec.Decode(RoleRequestCodec.Encode(state)));
        }
    }

    [Fact]
    public void Golden_OfVersion1_IsReadableAndWrittenToday()
    {
        AssertSame(Granting, RoleRequestCodec.Decode(Golden("role-request-1.bin")));
        Assert.Equal(Golden("role-request-1.bin"), RoleRequestCodec.Encode(Granting));
    }

    [Fact]
    public void Golden_OfASubjectWithAnApproval_IsReadableAndWrittenToday()
    {
        CodecTests.AssertEqual(WithApproval, SubjectCodec.Decode(Golden("subject-1-approval.bin")));
        Assert.Equal(Golden("subject-1-approval.bin"), SubjectCodec.Encode(WithApproval));
    }

    [Fact]
    public void Golden_OfAModelWithRequestPolicies_IsReadable() => Assert.Equal(WithRequestPolicy, TenantModelCodec.Decode(Golden("model-1-requests.bin")));

    [Fact]
    public void Decode_NewerVersion_SaysSo() =>
        Assert.Contains("format 2", Assert.Throws<StateFormatException>(() => RoleRequestCodec.Decode([2, 0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Decode_DamagedBytes_ThrowsNothingElse()
    {
        var (random, good) = (new Random(1), RoleRequestCodec.Encode(Granting));
        for (var i = 0; i < 2_000; i++)
        {
            var bad = good[..random.Next(1, good.Length + 1)];
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                RoleRequestCodec.Decode(bad);
            }
            catch (StateFormatException)
            {
                // That is the one way to refuse.
            }
        }
    }

    private static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "State", "Golden", name));

    private static void AssertSame(RoleRequestState expected, RoleRequestState found)
    {
        Assert.Equal(expected.Request, found.Request);
        Assert.Equal((expected.Granting?.Key, expected.Granting?.At), (found.Granting?.Key, found.Granting?.At));
        var (caller, other) = (expected.Granting?.Caller, found.Granting?.Caller);
        Assert.Equal(
            (caller?.Principal, caller?.RequestId, caller?.ReachesSystem, caller?.IsTrusted, caller?.Request?.Tenant, caller?.Request?.Id),
            (other?.Principal, other?.RequestId, other?.ReachesSystem, other?.IsTrusted, other?.Request?.Tenant, other?.Request?.Id));
        Assert.Equal(caller?.NarrowedTo, other?.NarrowedTo);
        Assert.Equal(caller?.Request?.Fingerprint.ToArray(), other?.Request?.Fingerprint.ToArray());
    }
}
