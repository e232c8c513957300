using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>What an operator does with its arguments, which it evaluates itself: some are never evaluated, some many times.</summary>
internal delegate AttributeValue LogicFunction(ref LogicRun run, LogicNode[] arguments);
