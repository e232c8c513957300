namespace AuthzCluster.Api.OpenApi;

/// <summary>The texts of requests for roles, separation of duty, events and evidence.</summary>
internal static class GovernanceTexts
{
    private const string
        Decided = """{"comment":"agreed with the team"}""",
        Webhook = """{"url":"https://hooks.example.com/authz","events":["role.*"],"description":"to the ticket system"}""";

    public static IReadOnlyDictionary<string, EndpointText> All { get; } = new Dictionary<string, EndpointText>(StringComparer.Ordinal)
    {
        ["POST /api/v1/role-requests"] = new("Ask for a role", "RoleRequest", 201) { Body = "RoleRequestBody", Example = """{"role":"clerk","duration":"PT8H","reason":"stands in for bob"}""" },
        ["GET /api/v1/role-requests"] = new("List requests for roles, newest first", "RoleRequestPage"),
        ["GET /api/v1/role-requests/{request}"] = new("A request for a role", "RoleRequest"),
        ["POST /api/v1/role-requests/{request}/approve"] = new("Approve it; with the last approval that it needs the role is given", "RoleRequest") { Body = "RequestDecisionBody", IsBodyOptional = true, Example = Decided },
        ["POST /api/v1/role-requests/{request}/reject"] = new("Decline it", "RoleRequest") { Body = "RequestDecisionBody", IsBodyOptional = true, Example = Decided },
        ["POST /api/v1/role-requests/{request}/cancel"] = new("Take it back", "RoleRequest") { Body = "RequestDecisionBody", IsBodyOptional = true, Example = Decided },
        ["GET /api/v1/constraints"] = new("List the constraints of separation of duty", "ConstraintPage"),
        ["POST /api/v1/constraints"] = new("Let nobody have more than so many of some roles; 409 where somebody has, with the list of them", "Constraint", 201) { Body = "ConstraintBody", Example = """{"name":"who pays does not approve","roles":["payer","approver"],"max":1}""" },
        ["GET /api/v1/constraints/{constraint}"] = new("A constraint", "Constraint"),
        ["DELETE /api/v1/constraints/{constraint}"] = new("Remove a constraint", null, 204),
        ["POST /api/v1/webhooks"] = new("Send events somewhere; the secret that they are signed with is told here and nowhere else", "Webhook", 201) { Body = "WebhookBody", Example = Webhook },
        ["GET /api/v1/webhooks"] = new("List webhooks", "WebhookPage"),
        ["GET /api/v1/webhooks/{webhook}"] = new("A webhook, without its secret", "Webhook"),
        ["PATCH /api/v1/webhooks/{webhook}"] = new("Change a webhook; what is left out stays", "Webhook") { Body = "WebhookBody", Example = """{"is_active":false}""" },
        ["DELETE /api/v1/webhooks/{webhook}"] = new("Send nothing there any more", null, 204),
        ["POST /api/v1/webhooks/{webhook}/rotate"] = new("Give it another secret; the one before signs too for a while", "Webhook") { Body = "RotateBody", IsBodyOptional = true, Example = """{"overlap":"PT1H"}""" },
        ["GET /api/v1/webhooks/{webhook}/dead-letters"] = new("The latest events that were given up", "DeadLetterPage"),
        ["POST /api/v1/webhooks/{webhook}/replay"] = new("Send again from a sequence on", "Webhook") { Body = "NoBody", IsBodyOptional = true, Example = "{}" },
        ["GET /api/v1/events"] = new("What happens, as server-sent events, each a CloudEvent; goes on behind Last-Event-ID", "Text") { MediaType = "text/event-stream" },
        ["GET /api/v1/audit/verify"] = new("Whether the audit log is as it was written; the first record that is not", "Verification"),
        ["GET /api/v1/audit/checkpoint"] = new("How far the audit log has come, signed, to be kept elsewhere", "Checkpoint"),
        ["GET /api/v1/audit/keys"] = new("The public keys that checkpoints are signed with (RFC 7517)", "KeySet"),
        ["GET /api/v1/audit/export"] = new("The audit log as a stream, NDJSON or CSV", "Text") { MediaType = "application/x-ndjson" },
    };
}
