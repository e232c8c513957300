using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Tests.Contracts;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Grains.Abstractions.Wire;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace AuthzCluster.Grains.Tests.Wire;

/// <summary>What is sent arrives as it was, by the serializer that grains use; what is broken on the way is refused.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly Type[] Hot =
    [
        typeof(AccessRequest), typeof(Decision), typeof(TimedRequest), typeof(AttributeBag), typeof(Result<Decision>), typeof(Result<Decision>[]),
        typeof(TimedRequest[]), typeof(Result<bool>), typeof(Result<string>), typeof(Result<IReadOnlyList<EffectivePermission>>),
    ];

    private readonly ServiceProvider _services = Serializers.New();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public static TheoryData<string> Types() => [.. ContractTypes.All.Values.Concat(Hot).Select(ContractTypes.Write).Distinct()];

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Message_OfEachType_ArrivesAsItWas(string name)
    {
        var type = ContractTypes.All.Values.Concat(Hot).First(type => ContractTypes.Write(type) == name);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var value = Make(new Samples(new Random(seed)), type);
            Assert.Null(Deep.Difference(value, Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(value))));
        }));
    }

    [Fact]
    public void Questions_ThatShareALargeBag_HaveItOnce()
    {
        var shared = AttributeBag.Of(("text", AttributeValue.Of(new string('x', 100_000))));
        var questions = Enumerable.Range(0, 100).Select(i => new TimedRequest(
            new AccessRequest
            {
                Subject = new("user", "a"), Permission = Permission.Parse("doc:read"), ResourceId = $"{i}",
                SubjectProperties = AttributeBag.Of(("i", AttributeValue.Of((decimal)i))), ResourceProperties = shared, Context = shared,
            },
            DateTimeOffset.UnixEpoch)).ToArray();

        var bytes = Serializer.SerializeToArray(questions);

        Assert.InRange(bytes.Length, 100_000, 120_000);
        Assert.Equal(questions, Serializer.Deserialize<TimedRequest[]>(bytes)!);
    }

    [Fact]
    public void Permission_OfAnyTextsAndLengths_ArrivesAsItWas()
    {
        foreach (var length in new[] { 0, 1, 127, 128, 300, 20_000 })
        {
            var permission = new Permission(new string('é', length), $":{length}:", PermissionScope.Team);
            var request = new AccessRequest { Subject = new("user", "a"), Permission = permission };
            Assert.Equal(permission, Serializer.Deserialize<AccessRequest>(Serializer.SerializeToArray(request))!.Permission);
        }
    }

    [Fact]
    public void Message_CutOrChanged_IsRefusedOrAnotherButBreaksNothing()
    {
        var random = new Random(4);
        var samples = new Samples(random);
        foreach (var type in ContractTypes.All.Values.Concat(Hot))
        {
            var bytes = Serializer.SerializeToArray<object>(Make(samples, type));
            for (var i = 0; i < 200; i++)
            {
                var broken = bytes.ToArray();
                broken = i % 2 == 0 ? broken[..random.Next(broken.Length)] : broken;
                for (var flips = i % 2; flips > 0 && broken.Length > 0; flips = random.Next(2))
                {
                    broken[random.Next(broken.Length)] = (byte)random.Next(256);
                }
                // Whatever is thrown is thrown here, where Orleans answers with it; nothing hangs, and no memory is asked for that was only claimed.
                var before = GC.GetAllocatedBytesForCurrentThread();
                _ = Record.Exception(() => Serializer.Deserialize<object>(broken));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
            }
        }
    }

    [Fact]
    public void Decision_WithoutItsReason_IsNoGrant()
    {
        // An empty object under the name of a decision.
        var bytes = Serializer.SerializeToArray<object>(new Decision { Reason = DecisionReason.Granted });
        var reason = Array.LastIndexOf(bytes, (byte)1);
        var cut = bytes.Where((_, i) => i != reason && i != reason - 1).ToArray();
        Assert.Equal(DecisionReason.Unavailable, Assert.IsType<Decision>(Serializer.Deserialize<object>(cut)).Reason);
    }

    [Fact]
    public void Contract_UnderAnUnknownName_IsRefused()
    {
        var bytes = Serializer.SerializeToArray<object>(new AuthzError(Domain.Errors.ErrorCode.Forbidden, "no"));
        var at = bytes.AsSpan().LastIndexOf("AuthzError"u8);
        bytes[at] = (byte)'B';
        Assert.ThrowsAny<FormatException>(() => Serializer.Deserialize<object>(bytes));
    }

    [Fact]
    public void Attributes_DeeperThanAnybodyMaySend_AreRefused()
    {
        // Lists in lists, as bytes: a count of 1 and the tag of a list, again and again.
        var name = Serializer.SerializeToArray<object>(AttributeBag.Of(("n", AttributeValue.Of(new string('x', 300_000)))));
        var start = name.AsSpan().IndexOf((byte)'n') + 1;
        for (var i = start; i < name.Length; i += 2)
        {
            name[i] = 5;
            if (i + 1 < name.Length)
            {
                name[i + 1] = 1;
            }
        }
        Assert.Throws<StateFormatException>(() => Serializer.Deserialize<object>(name));
    }

    private static object Make(Samples samples, Type type) => InUtc(type == typeof(Result<Decision>[]) || type == typeof(TimedRequest[]) ? MakeMany(samples, type) : samples.Make(type)!);

    // Of the instants of questions and decisions the offset is not sent.
    private static object InUtc(object value) => value switch
    {
        Decision decision => InUtc(decision),
        TimedRequest timed => timed with { At = timed.At.ToUniversalTime() },
        Result<Decision> result => result.Map<Decision>(InUtc),
        IReadOnlyList<Result<Decision>> results => results.Select(result => result.Map<Decision>(InUtc)).ToArray(),
        IReadOnlyList<TimedRequest> requests => requests.Select(timed => timed with { At = timed.At.ToUniversalTime() }).ToArray(),
        _ => value,
    };

    private static Decision InUtc(Decision decision) => decision with { ValidUntil = decision.ValidUntil?.ToUniversalTime() };

    private static Array MakeMany(Samples samples, Type type)
    {
        var items = Array.CreateInstance(type.GetElementType()!, 100);
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(samples.Make(type.GetElementType()!), i);
        }
        return items;
    }
}
