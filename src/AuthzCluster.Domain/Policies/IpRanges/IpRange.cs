using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.IpRanges;

/// <summary>
/// The kind <c>ip_range</c>: the context's <c>ip_address</c> is within one of the ranges. Absent it is not; what is no address is an error. A v4 address and its
/// v4-mapped v6 form are one: <c>::/0</c> has both.
/// </summary>
internal static class IpRange
{
    private const string Ranges = "ranges", Asked = "ip_address";

    private const int MostRanges = 1000;

    /// <summary>Adds what is wrong with the params of one.</summary>
    public static void Validate(AttributeBag parameters, string path, List<FieldError> errors)
    {
        ConditionRules.RefuseOthers(parameters, [Ranges], path, errors);
        Read(parameters, path, errors);
    }

    /// <summary>Compiles one; malformed where it breaks the rules.</summary>
    public static CompiledCondition Compile(AttributeBag parameters)
    {
        var errors = new List<FieldError>();
        var blocks = new IpBlockSet(Read(parameters, "", errors));
        return errors.Count > 0 ? CompiledCondition.Malformed : new((request, _) =>
            !request.Context.TryGet(Asked, out var value) ? Truth.False
            : value.Kind != AttributeKind.String || !IpAddressText.TryRead(value.AsString, out var address) ? Truth.Error
            : blocks.Contains(address) ? Truth.True : Truth.False);
    }

    private static List<IpBlock> Read(AttributeBag parameters, string path, List<FieldError> errors)
    {
        var blocks = new List<IpBlock>();
        if (!parameters.TryGet(Ranges, out var list) || list.Kind != AttributeKind.List || list.AsList.Count is 0 or > MostRanges)
        {
            errors.Add(new($"{path}.{Ranges}", $"must be a list of 1 to {MostRanges} addresses and CIDRs"));
            return blocks;
        }
        for (var i = 0; i < list.AsList.Count; i++)
        {
            var text = list.AsList[i].Kind == AttributeKind.String ? list.AsList[i].AsString : "";
            if (IpBlock.Read(text, out var block) is { } problem)
            {
                errors.Add(new($"{path}.{Ranges}[{i}]", problem));
            }
            blocks.Add(block);
        }
        return blocks;
    }
}
