using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using YamlDotNet.Core;

namespace AuthzCluster.Testing.Cases;

/// <summary>Reads the text of a case file. Strict: an unknown key, a wrong type or a dangling label is an error.</summary>
public static class CaseReader
{
    // An expiry before this might lie in the past of a server that a case is set up on.
    private static readonly DateTimeOffset EarliestExpiry = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads one case; throws <see cref="CaseFormatException"/>.</summary>
    /// <param name="name">The file's, for errors.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="clock">What <c>now</c> is where the file does not say: the clock of what is set up. Null: the default of the format.</param>
    public static AuthzCase Read(string name, string text, DateTimeOffset? clock = null)
    {
        CaseNode root;
        try
        {
            root = new CaseNode(name, YamlValues.Parse(text)).As("case");
        }
        catch (YamlException e)
        {
            throw new CaseFormatException($"{name}:{e.Start.Line}: {e.Message}");
        }
        var now = root["now"] is { } written ? Time(written, AuthzCase.DefaultNow) : clock ?? AuthzCase.DefaultNow;
        var earliestExpiry = clock is null ? EarliestExpiry : DateTimeOffset.MinValue;
        var assignments = Assignments(root, now, earliestExpiry);
        var attempts = new CaseAttempts(assignments, Role, Parent, Constraint, time => Time(time, now));
        return new AuthzCase(name)
        {
            Title = root["title"]?.Text ?? "",
            Requires = [.. root.ItemsOf("requires").Select(item => item.Text), .. root["attempts"] is null ? [] : new[] { AuthzCase.RequiresAttempts }],
            Now = now,
            Packs = root["packs"] is null ? ["standard"] : [.. root.ItemsOf("packs").Select(item => item.Text)],
            Policies = [.. root.ItemsOf("policies").Select(Policy)],
            Constraints = [.. root.ItemsOf("constraints").Select(Constraint)],
            Roles = CaseRoles.ParentsFirst([.. root.ItemsOf("roles").Select(Role)], root),
            Assignments = assignments,
            Memberships = [.. from subject in root["subjects"]?.Entries ?? []
                              from team in subject.Node.As("subject").ItemsOf("teams")
                              select (SubjectId.Parse(subject.Key), team.Text)],
            Entities = [.. root.ItemsOf("entities").Select(Entity)],
            Administrators = [.. root.ItemsOf("administrators").Select(item => SubjectId.Parse(item.Text))],
            Attempts = [.. root.ItemsOf("attempts").Select(attempts.Read)],
            Checks = [.. (root["attempts"] is null ? root.Need("checks").Items : root.ItemsOf("checks")).Select(node => Check(node, now, assignments))],
        };
    }

    private static RoleDraft Role(CaseNode node)
    {
        node.As("role");
        return new RoleDraft
        {
            Id = node["id"]?.Text,
            Name = node.Need("name").Text,
            Description = node["description"]?.Text,
            Permissions = [.. node.ItemsOf("permissions").Select(item => item.Text)],
            Parents = [.. node.ItemsOf("parents").Select(Parent)],
            Level = node["hierarchy_level"]?.Whole,
            IsActive = node["is_active"]?.Flag ?? true,
            Policies = [.. node.ItemsOf("policies").Select(Policy)],
        };
    }

    private static ConstraintDraft Constraint(CaseNode node)
    {
        node.As("constraint");
        return new ConstraintDraft
        {
            Id = node.Need("id").Text,
            Name = node["name"]?.Text ?? node.Need("id").Text,
            Roles = [.. node.ItemsOf("roles").Select(item => item.Text)],
            Max = node["max"]?.Whole ?? 1,
        };
    }

    private static PolicyDraft Policy(CaseNode node)
    {
        node.As("policy");
        return new PolicyDraft
        {
            Id = node.Need("id").Text,
            Name = node["name"]?.Text ?? node.Need("id").Text,
            Effect = node.Need("effect").Text switch
            {
                "allow" => PolicyEffect.Allow,
                "deny" => PolicyEffect.Deny,
                var other => throw node.Wrong($"`{other}` is no effect"),
            },
            Resources = [.. node.ItemsOf("resources").Select(item => item.Text)],
            Actions = [.. node.ItemsOf("actions").Select(item => item.Text)],
            Principals = [.. node.ItemsOf("principals").Select(item => item.Text)],
            Conditions = Conditions(node),
            Priority = node["priority"]?.Whole ?? 0,
            IsActive = node["is_active"]?.Flag ?? true,
            GrantPermissions = [.. node.ItemsOf("grant_permissions").Select(item => item.Text)],
        };
    }

    private static ParentDraft Parent(CaseNode node)
    {
        if (node.IsText)
        {
            return new ParentDraft(node.Text);
        }
        node.As("parent");
        return new ParentDraft(node.Need("role_id").Text, node["inheritance_type"]?.Text switch
        {
            null or "full" => InheritanceType.Full,
            "partial" => InheritanceType.Partial,
            "conditional" => InheritanceType.Conditional,
            "none" => InheritanceType.None,
            var other => throw node.Wrong($"`{other}` is no inheritance_type"),
        })
        {
            Permissions = [.. node.ItemsOf("permissions").Select(item => item.Text)],
            Conditions = Conditions(node),
        };
    }

    private static List<CaseAssignment> Assignments(CaseNode root, DateTimeOffset now, DateTimeOffset earliestExpiry)
    {
        var all = new List<CaseAssignment>();
        foreach (var (team, node) in root["teams"]?.Entries ?? [])
        {
            Add(SubjectId.Team(team), node.As("team"));
        }
        foreach (var (subject, node) in root["subjects"]?.Entries ?? [])
        {
            Add(SubjectId.Parse(subject), node.As("subject"));
        }
        return all;

        void Add(SubjectId principal, CaseNode holder)
        {
            foreach (var node in holder.ItemsOf("assignments"))
            {
                var next = Assignment(node, principal, $"assignment-{all.Count + 1}", now, earliestExpiry);
                if (all.Any(one => one.Label == next.Label))
                {
                    throw node.Wrong($"label `{next.Label}` is taken");
                }
                if (all.Any(one => one.Draft.Principal == principal && one.Role == next.Role && one.Draft.Scope.Equals(next.Draft.Scope)))
                {
                    throw node.Wrong($"a second assignment of `{next.Role}` in this scope would replace the first");
                }
                all.Add(next);
            }
        }
    }

    private static CaseAssignment Assignment(CaseNode node, SubjectId principal, string label, DateTimeOffset now, DateTimeOffset earliestExpiry)
    {
        if (node.IsText)
        {
            return new CaseAssignment(label, node.Text, new AssignmentDraft(principal), false);
        }
        node.As("assignment");
        var draft = new AssignmentDraft(principal)
        {
            Scope = node.BagOf("scope"),
            Conditions = Conditions(node),
            StartsAt = node["starts_at"] is { } starts ? Time(starts, now) : null,
            ExpiresAt = node["expires_at"] is { } expires ? Time(expires, now) : null,
        };
        if (draft.ExpiresAt < earliestExpiry || draft.ExpiresAt <= draft.StartsAt)
        {
            throw node.Wrong("expires_at must be after 2090 and after starts_at: a server refuses to make it otherwise");
        }
        return new CaseAssignment(node["as"]?.Text ?? label, node.Need("role").Text, draft, node["suspended"]?.Flag ?? false);
    }

    private static CaseEntity Entity(CaseNode node) => new(
        new EntityId(node.As("entity").Need("type").Text, node.Need("id").Text), node.BagOf("properties"), node["deleted"]?.Flag ?? false);

    private static Condition[] Conditions(CaseNode node) => [.. node.ItemsOf("conditions").Select(item =>
        new Condition(item.As("condition").Need("type").Text, item.BagOf("params")))];

    private static CaseCheck Check(CaseNode node, DateTimeOffset now, List<CaseAssignment> assignments)
    {
        node.As("check");
        var resource = node["resource"]?.As("resource");
        return new CaseCheck(
            node.Line, SubjectId.Parse(node.Need("subject").Text), node.Need("permission").Text,
            node["at"] is { } at ? Time(at, now) : now, Expect(node.Need("expect"), now, assignments))
        {
            ResourceType = resource?["type"]?.Text,
            ResourceId = resource?["id"]?.Text,
            ResourceProperties = resource?.BagOf("properties") ?? AttributeBag.Empty,
            SubjectProperties = node.BagOf("subject_properties"),
            ActionProperties = node.BagOf("action_properties"),
            Context = node.BagOf("context"),
        };
    }

    private static Expectation Expect(CaseNode node, DateTimeOffset now, List<CaseAssignment> assignments)
    {
        if (node.IsText)
        {
            return new Expectation(node.Text);
        }
        node.As("expect");
        var expected = new Expectation(node.Need("reason").Text)
        {
            MatchedRole = node["matched_role"]?.Text,
            MatchedPermission = node["matched_permission"]?.Text,
            MatchedAssignment = node["matched_assignment"]?.Text,
            SaysMatchedPolicy = node["matched_policy"] is not null,
            MatchedPolicy = node["matched_policy"] is { IsNull: false } policy ? policy.Text : null,
            SaysValidUntil = node["valid_until"] is not null,
            ValidUntil = node["valid_until"] is { IsNull: false } until ? Time(until, now) : null,
        };
        if (node["why_not"] is not null)
        {
            expected = expected with { WhyNot = string.Join(", ", node.ItemsOf("why_not").Select(item => item.Text)) };
        }
        if (node["decision"] is { } decision && decision.Flag != expected.Decision)
        {
            throw node.Wrong("decision and reason contradict each other");
        }
        if (expected.MatchedAssignment is { } label && assignments.All(one => one.Label != label))
        {
            throw node.Wrong($"no assignment has the label `{label}`");
        }
        return expected;
    }

    private static DateTimeOffset Time(CaseNode node, DateTimeOffset now) =>
        CaseTime.TryParse(node.Text, now, out var time) ? time : throw node.Wrong($"`{node.Text}` is no instant");
}
