using AuthzCluster.Api.Http;
using Google.Protobuf.WellKnownTypes;

namespace AuthzCluster.Api.Grpc;

/// <summary>Instants of messages: cut to microseconds, as all are at the door.</summary>
internal static class Instants
{
    private const int NanosecondsOfSecond = 1_000_000_000;
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeSeconds(), Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static DateTimeOffset Read(Timestamp instant, string field) =>
        instant.Seconds < First || instant.Seconds > Last || instant.Nanos is < 0 or >= NanosecondsOfSecond
            ? throw ProblemException.Invalid(field, "must be a time of the years 1 to 9999")
            : Times.Cut(DateTimeOffset.FromUnixTimeSeconds(instant.Seconds).AddTicks(instant.Nanos / TimeSpan.NanosecondsPerTick));
}
