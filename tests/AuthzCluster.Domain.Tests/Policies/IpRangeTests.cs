using System.Net;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.IpRanges;
using AuthzCluster.Domain.Tests.Decisions;
using AuthzCluster.Specification.Oracles;
using FsCheck;
using FsCheck.Fluent;
using static AuthzCluster.Domain.Attributes.AttributeValue;

namespace AuthzCluster.Domain.Tests.Policies;

public class IpRangeTests
{
    private const string NoAddress = "must be an address or a CIDR, v4 or v6, such as 10.0.0.0/8 or 2001:db8::/32";

    // Near enough to addresses that many are some, and the rest almost.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("0123456789abcdfAF::::....%/[] ".ToCharArray()).ArrayOf().Select(letters => new string(letters)),
        Gen.Elements("0", "1", "ffff", "0db8", "12345", ":", ":", "::", ".", "255", "256", "10", "010", "1.2.3.4", "%1", "/8", "").ArrayOf().Select(parts => string.Concat(parts)),
        Gen.Choose(0, 255).ArrayOf(16).Select(bytes => new IPAddress(Array.ConvertAll(bytes, one => (byte)one)).ToString()),
        Gen.Elements("0", "1", "ffff", "db8").ArrayOf(8).Select(groups => string.Join(':', groups)),
        Gen.Choose(0, 300).ArrayOf(4).Select(parts => string.Join('.', parts)));

    [Theory]
    [InlineData("", NoAddress)]
    [InlineData("10.1", NoAddress)]
    [InlineData("010.0.0.0/8", NoAddress)]
    [InlineData("10.0.0.0 /8", NoAddress)]
    [InlineData("fe80::1%eth0", NoAddress)]
    [InlineData("[::1]", NoAddress)]
    [InlineData("10.0.0.1:80", NoAddress)]
    [InlineData("１０.0.0.1", NoAddress)]
    [InlineData("10.0.0.0/33", "must have a number from 0 to 32 after the slash")]
    [InlineData("10.0.0.0/", "must have a number from 0 to 32 after the slash")]
    [InlineData("10.0.0.0/08", "must have a number from 0 to 32 after the slash")]
    [InlineData("10.0.0.0/+8", "must have a number from 0 to 32 after the slash")]
    [InlineData("10.0.0.0/8/8", "must have a number from 0 to 32 after the slash")]
    [InlineData("10.0.0.0/255.0.0.0", "must have a number from 0 to 32 after the slash")]
    [InlineData("::/129", "must have a number from 0 to 128 after the slash")]
    [InlineData("10.1.2.3/8", "has bits beyond its first 8; the network is 10.0.0.0/8")]
    [InlineData("10.1.2.3/0", "has bits beyond its first 0; the network is 0.0.0.0/0")]
    [InlineData("2001:db8::1/32", "has bits beyond its first 32; the network is 2001:db8::/32")]
    [InlineData("::ffff:10.1.2.3/104", "has bits beyond its first 104; the network is ::ffff:10.0.0.0/104")]
    public void Validate_BadRange_IsNamedWithItsPlaceAndReason(string range, string message) =>
        Assert.Equal([new FieldError("conditions[1].params.ranges[1]", message)], Errors(("ranges", Of(Of("10.0.0.0/8"), Of(range)))));

    [Fact]
    public void Validate_WhatIsNoListOfTexts_IsRefused()
    {
        Assert.Equal("conditions[1].params.ranges", Assert.Single(Errors()).Field);
        Assert.Equal("conditions[1].params.ranges", Assert.Single(Errors(("ranges", Of("10.0.0.0/8")))).Field);
        Assert.Equal("conditions[1].params.ranges", Assert.Single(Errors(("ranges", Of()))).Field);
        Assert.Equal("conditions[1].params.ranges[0]", Assert.Single(Errors(("ranges", Of(Of(1m))))).Field);
        Assert.Equal("conditions[1].params.range", Assert.Single(Errors(("ranges", Of(Of("::1"))), ("range", Of("::1")))).Field);
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1001, 1)]
    public void Validate_AThousandRanges_AreTheMost(int ranges, int errors) =>
        Assert.Equal(errors, Errors(("ranges", Of([.. Enumerable.Range(0, ranges).Select(_ => Of("::1"))]))).Count);

    [Fact]
    public void Compile_WhatBreaksTheRules_IsAnError() =>
        Assert.Equal(Truth.Error, Evaluate(Of(Of("10.0.0.0/8"), Of("10.1.2.3/8")), Of("10.1.2.3")));

    [Fact]
    public void BlockSet_BlocksThatMeet_AreOne()
    {
        Assert.Equal(1, Blocks("10.128.0.0/9", "10.0.0.0/9", "10.1.0.0/16", "11.0.0.0/8", "10.255.255.255").Count);
        Assert.Equal(2, Blocks("10.0.0.0/8", "12.0.0.0/8").Count);
        Assert.Equal(1, Blocks("::/0", "8000::/1", "::1").Count);
    }

    [Fact]
    public void TryRead_AnyText_ReadsWhatTheOracleDoes() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Texts.ToArbitrary(), text =>
        (IpAddressText.TryRead(text, out var address) ? address.ToString("b128") : null) == OracleAddresses.Bits(text)));

    [Fact]
    public void Evaluate_AnyRangesAndAddress_SaysWhatTheOracleDoes()
    {
        var ranges = from bytes in Gen.Choose(0, 3).ArrayOf(4)
                     from length in Gen.Choose(0, 32)
                     let bits = BitConverter.ToUInt32([.. bytes.Reverse().Select(one => (byte)one)])
                     let network = length == 0 ? 0 : bits >> (32 - length) << (32 - length)
                     select $"{new IPAddress([.. BitConverter.GetBytes(network).Reverse()])}/{length}";
        var addresses = Gen.Choose(0, 3).ArrayOf(4).Select(parts => string.Join('.', parts));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(ranges.NonEmptyListOf().ToArbitrary(), addresses.ToArbitrary(), (some, asked) =>
        {
            var list = Of([.. some.Select(Of)]);
            return Evaluate(list, Of(asked)) == (OracleAddresses.Holds(AttributeBag.Of(("ranges", list)), Of(asked)) == true ? Truth.True : Truth.False);
        }));
    }

    [Fact]
    public void Evaluate_AllocatesNothing()
    {
        var condition = Compile(Of([.. Enumerable.Range(0, 1000).Select(i => Of($"2001:db8:{i:x}::/48"))]));
        var request = Tenant.Ask("a:read") with { Context = AttributeBag.Of(("ip_address", Of("2001:db8:3e7::10.1.2.3"))) };
        Assert.Equal(Truth.True, condition.Evaluate(request, 0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            condition.Evaluate(request, i);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static Truth Evaluate(AttributeValue ranges, AttributeValue asked) =>
        Compile(ranges).Evaluate(Tenant.Ask("a:read") with { Context = AttributeBag.Of(("ip_address", asked)) }, 0);

    private static CompiledCondition Compile(AttributeValue ranges) => ConditionCompiler.Compile(new Condition("ip_range", AttributeBag.Of(("ranges", ranges))));

    private static IpBlockSet Blocks(params string[] ranges) => new(ranges.Select(range =>
    {
        Assert.Null(IpBlock.Read(range, out var block));
        return block;
    }));

    private static List<FieldError> Errors(params (string, AttributeValue)[] parameters)
    {
        var errors = new List<FieldError>();
        ConditionRules.Validate([new Condition("resource_owner", AttributeBag.Empty), new Condition("ip_range", AttributeBag.Of(parameters))], "conditions", errors);
        return errors;
    }
}
