using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Specification.Generation;

/// <summary>Questions: attributes are missing, odd in type, or right on the spot.</summary>
internal sealed class RequestGenerator(Dice dice)
{
    public GeneratedRequest Next()
    {
        var subject = dice.Chance(4) ? SubjectId.User("nobody") : dice.Of(Alphabet.Subjects);
        var permission = Alphabet.Asked(dice, out var isExplicit);
        // Now and then it says little itself, so that what is stored tells.
        var says = dice.Chance(30) ? 8 : 45;
        var resource = Alphabet.Bag(dice, says, "region", "level", "unit", "tags", "address", "customer_id", "team_id", "owner_id");
        var request = new AccessRequest
        {
            Subject = subject,
            Permission = permission,
            HasExplicitScope = isExplicit,
            ResourceType = dice.Chance(60) ? null : dice.Of(["invoices", "eu"]),
            ResourceId = dice.Chance(35) ? null : dice.Of(["1", "eu"]),
            ResourceProperties = dice.Chance(says < 45 ? 5 : 20) ? resource.With(AttributeBag.Of(("owner_id", Alphabet.Text(subject.Id)))) : resource,
            SubjectProperties = Alphabet.Bag(dice, says < 45 ? 10 : 40, "region", "level", "customer_id"),
            ActionProperties = AttributeBag.Empty,
            Context = Alphabet.Bag(dice, 40, "region", "channel", "level", "unit", "customer_id", "ip_address"),
        };
        return new GeneratedRequest(request, dice.Chance(60) ? Alphabet.Now : dice.Chance(20) ? Alphabet.Shift(dice) : Alphabet.Instant(dice));
    }
}
