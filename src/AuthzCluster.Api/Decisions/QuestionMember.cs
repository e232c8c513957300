namespace AuthzCluster.Api.Decisions;

/// <summary>The members of a question; a bit each, to see one twice.</summary>
[Flags]
internal enum QuestionMember
{
    None = 0,
    User = 1,
    Permission = 2,
    Subject = 4,
    Resource = 8,
    Action = 16,
    Context = 32,
    Scope = 64,
    At = 128,
    Explain = 256,
    TenantId = 512,
    Expected = 1024,
}
