
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>A server whose clock stands at the instant of cases, and moves when a test says so.</summary>
public sealed class TimedServerFixture() : ServerFixture(new SettableTime(AuthzCase.DefaultNow));
