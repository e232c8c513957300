using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

/// <summary>
/// The examples of document 004, as they stand there. What differs: ids are texts, a team is <c>team:ID</c>, and what a policy grants is
/// a list.
/// </summary>
public abstract class Document004Suite(ITransport transport) : ClientSuite(transport)
{
    [Fact]
    public async Task Section5_CreateAssignAndModify_WorkAsWritten()
    {
        using var clients = await OfNewTenantAsync("knowledge");
        var (roleService, authorization) = (clients.Roles, clients.Authorization);
        const string userId = "alice", teamId = "team:docs";

        // 5.1 Create Role Example
        var apiReviewerRole = new RoleBuilder()
            .WithName("API Reviewer")
            .WithDescription("Reviews and validates API documentation")
            .GrantPermission(Permission.EntityRead)
            .GrantPermission(Permission.ClaimValidate)
            .GrantPermission(Permission.ValidationRun)
            .AddPolicy(new PolicyRule
            {
                RuleId = Guid.NewGuid().ToString(),
                Name = "APIs Only",
                Description = "Only review API entities",
                Condition = "resource.entityType = 'Endpoint'",
                Effect = PolicyEffect.Allow,
                GrantPermissions = [Permission.ClaimValidate],
            })
            .Build();

        var created = await roleService.CreateRoleAsync(apiReviewerRole);

        var policy = Assert.Single(created.Policies);
        Assert.Equal((apiReviewerRole.Policies[0].RuleId, "APIs Only", PolicyEffect.Allow), (policy.RuleId, policy.Name, policy.Effect));

        Assert.Equal((apiReviewerRole.RoleId, "API Reviewer"), (created.RoleId, created.Name));

        // 5.2 Assign Role Example
        // Assign role to user
        await roleService.AssignRoleAsync(
            principalId: userId,
            roleId: apiReviewerRole.RoleId,
            expiresAt: DateTimeOffset.UtcNow.AddMonths(3));

        // Assign to team
        await roleService.AssignRoleAsync(
            principalId: teamId,
            roleId: BuiltInRoles.Editor.RoleId);

        Assert.True((await authorization.EvaluateAsync(new AccessQuestion(userId, Permission.ValidationRun))).IsAllowed);
        Assert.False((await authorization.EvaluateAsync(new AccessQuestion(userId, Permission.SettingsUpdate))).IsAllowed);
        var inFourMonths = new AccessQuestion(userId, Permission.ValidationRun) { At = DateTimeOffset.UtcNow.AddMonths(4) };
        Assert.False((await authorization.EvaluateAsync(inFourMonths)).IsAllowed);
        Assert.Equal([Principal.Team("docs")], (await roleService.GetRoleAssignmentsAsync(BuiltInRoles.Editor.RoleId)).Select(assignment => assignment.Principal));

        // 5.3 Modify Role Permissions Example
        var customRoleId = created.RoleId;
        var role = await roleService.GetRoleAsync(customRoleId);

        // Build updated role
        var updated = new RoleBuilder()
            .WithId(role!.RoleId)
            .WithName(role.Name)
            .WithDescription(role.Description)
            .WithPermissions(role.Permissions)
            .GrantPermission(Permission.InferenceRun)
            .Build();

        await roleService.UpdateRoleAsync(updated);

        Assert.True((await authorization.EvaluateAsync(new AccessQuestion(userId, Permission.InferenceRun))).IsAllowed);
        Assert.True((await authorization.EvaluateAsync(new AccessQuestion(userId, Permission.ClaimValidate))).IsAllowed);
    }

    // 8.1
    [Fact]
    public async Task GetAllRoles_IncludesBuiltInRoles()
    {
        using var clients = await OfNewTenantAsync("knowledge");

        var roles = await clients.Roles.GetAllRolesAsync(includeBuiltIn: true);

        Assert.Contains(roles, r => r.Name == "Viewer");
        Assert.Contains(roles, r => r.Name == "Contributor");
        Assert.Contains(roles, r => r.Name == "Editor");
        Assert.Contains(roles, r => r.Name == "Admin");
        Assert.Empty(await clients.Roles.GetAllRolesAsync(includeBuiltIn: false));
    }

    [Fact]
    public async Task CreateRole_DuplicateName_ThrowsException()
    {
        using var clients = await OfNewTenantAsync("knowledge");
        var role = new RoleBuilder()
            .WithName("Editor")
            .WithPermissions(Permission.EntityRead)
            .Build();

        // Should fail because "Editor" already exists (built-in)
        await Assert.ThrowsAnyAsync<InvalidOperationException>(
            async () => await clients.Roles.CreateRoleAsync(role));
    }

    [Fact]
    public async Task UpdateRole_BuiltInRole_ThrowsException()
    {
        using var clients = await OfNewTenantAsync("knowledge");
        var admin = await clients.Roles.GetRoleByNameAsync("Admin");

        await Assert.ThrowsAnyAsync<InvalidOperationException>(
            async () => await clients.Roles.UpdateRoleAsync(admin!));
    }

    // 8.2
    [Fact]
    public async Task CompleteRoleLifecycle()
    {
        using var clients = await OfNewTenantAsync("knowledge");
        var roleService = clients.Roles;
        const string auditUserId = "audrey";

        // Create role
        var role = await roleService.CreateRoleAsync(
            new RoleBuilder()
                .WithName("SecurityAuditor")
                .GrantPermission(Permission.EntityRead)
                .GrantPermission(Permission.ValidationRun)
                .Build());

        // Assign to user
        await roleService.AssignRoleAsync(auditUserId, role.RoleId);

        // Verify assignment
        var userRoles = await roleService.GetPrincipalRolesAsync(auditUserId);
        Assert.Contains(userRoles, r => r.RoleId == role.RoleId);

        // Update role
        var updated = new RoleBuilder()
            .WithId(role.RoleId)
            .WithName("SecurityAuditor")
            .GrantPermission(Permission.EntityRead)
            .GrantPermission(Permission.ValidationConfigure)  // Added
            .Build();

        await roleService.UpdateRoleAsync(updated);

        // Verify update
        var updatedRole = await roleService.GetRoleAsync(role.RoleId);
        Assert.Contains(Permission.ValidationConfigure, updatedRole!.Permissions);

        // Revoke role
        await roleService.RevokeRoleAsync(auditUserId, role.RoleId);

        // Verify revocation
        var finalRoles = await roleService.GetPrincipalRolesAsync(auditUserId);
        Assert.DoesNotContain(finalRoles, r => r.RoleId == role.RoleId);

        // Delete role
        await roleService.DeleteRoleAsync(role.RoleId);

        var deleted = await roleService.GetRoleAsync(role.RoleId);
        Assert.Null(deleted);
    }

    /// <summary>The document's names, as an application has them.</summary>
    private static class Permission
    {
        public const string EntityRead = "entity:read";
        public const string ClaimValidate = "claim:validate";
        public const string ValidationRun = "validation:run";
        public const string ValidationConfigure = "validation:configure";
        public const string InferenceRun = "inference:run";
        public const string SettingsUpdate = "settings:update";
    }

    private static class BuiltInRoles
    {
        public static (string RoleId, string Name) Editor => ("role_Editor", "Editor");
    }
}
