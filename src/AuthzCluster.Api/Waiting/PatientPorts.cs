namespace AuthzCluster.Api.Waiting;

/// <summary>The ports of a host, the answers of each waited for so long and no longer.</summary>
/// <remarks>Constraints are not among them: one that is made looks at all who hold its roles.</remarks>
internal static class PatientPorts
{
    public static ApiPorts Of(ApiPorts ports, TimeSpan most)
    {
        var patience = new Patience(most);
        return ports with
        {
            Tenants = PatientPort.Of(ports.Tenants, patience),
            Roles = PatientPort.Of(ports.Roles, patience),
            Permissions = PatientPort.Of(ports.Permissions, patience),
            Policies = PatientPort.Of(ports.Policies, patience),
            RoleRequests = PatientPort.Of(ports.RoleRequests, patience),
            Assignments = PatientPort.Of(ports.Assignments, patience),
            Entities = PatientPort.Of(ports.Entities, patience),
            Decisions = new PatientDecisions(ports.Decisions, patience),
            Candidates = PatientPort.Of(ports.Candidates, patience),
            Keys = PatientPort.Of(ports.Keys, patience),
            Audit = PatientPort.Of(ports.Audit, patience),
            Events = PatientPort.Of(ports.Events, patience),
            Webhooks = PatientPort.Of(ports.Webhooks, patience),
            Transfer = PatientPort.Of(ports.Transfer, patience),
            Answers = PatientPort.Of(ports.Answers, patience),
            Rights = new PatientRights(ports.Rights, patience),
        };
    }
}
