using AuthzCluster.Client.Contract.Suites;
using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests;

[Collection(ServerCollection.Name)]
public sealed class HttpAuthorizationTests(ServerFixture server) : AuthorizationSuite(new HttpTransport(server));

[Collection(ServerCollection.Name)]
public sealed class HttpRoleTests(ServerFixture server) : RoleSuite(new HttpTransport(server));

[Collection(ServerCollection.Name)]
public sealed class HttpPolicyTests(ServerFixture server) : PolicySuite(new HttpTransport(server));

[Collection(ServerCollection.Name)]
public sealed class HttpDocument004Tests(ServerFixture server) : Document004Suite(new HttpTransport(server));

[Collection(ServerCollection.Name)]
public sealed class HttpErrorTests(ServerFixture server) : ErrorSuite(new HttpTransport(server));

[Collection(ServerCollection.Name)]
public sealed class HttpIdTests(ServerFixture server) : IdSuite(new HttpTransport(server));

[Collection(ServerCollection.Name)]
public sealed class HttpCallerTests(ServerFixture server) : CallerSuite(new HttpTransport(server));

[Collection(ServerCollection.Name)]
public sealed class HttpRepeatTests(ServerFixture server) : RepeatSuite(new HttpTransport(server));
