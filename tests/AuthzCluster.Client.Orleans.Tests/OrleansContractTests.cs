using AuthzCluster.Client.Contract.Suites;
using AuthzCluster.Client.Orleans.Tests.Support;

namespace AuthzCluster.Client.Orleans.Tests;

[Collection(ClusterCollection.Name)]
public sealed class OrleansAuthorizationTests(OrleansTransport cluster) : AuthorizationSuite(cluster);

[Collection(ClusterCollection.Name)]
public sealed class OrleansRoleTests(OrleansTransport cluster) : RoleSuite(cluster);

[Collection(ClusterCollection.Name)]
public sealed class OrleansPolicyTests(OrleansTransport cluster) : PolicySuite(cluster);

[Collection(ClusterCollection.Name)]
public sealed class OrleansDocument004Tests(OrleansTransport cluster) : Document004Suite(cluster);

[Collection(ClusterCollection.Name)]
public sealed class OrleansErrorTests(OrleansTransport cluster) : ErrorSuite(cluster);

[Collection(ClusterCollection.Name)]
public sealed class OrleansIdTests(OrleansTransport cluster) : IdSuite(cluster);

[Collection(ClusterCollection.Name)]
public sealed class OrleansCallerTests(OrleansTransport cluster) : CallerSuite(cluster);

[Collection(ClusterCollection.Name)]
public sealed class OrleansRepeatTests(OrleansTransport cluster) : RepeatSuite(cluster);
