using System.Buffers;
using System.Text;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A decision on the wire. What is 0 or null is left out, but never the reason: without one it is no grant.</summary>
[RegisterSerializer]
internal sealed class DecisionCodec : IFieldCodec<Decision>
{
    // Of what was sent once the ids stay; new fields get new ones. ValidUntil: ticks since the year 1, UTC.
    private const uint Reason = 0, Permission = 1, Role = 2, Assignment = 3, ValidUntil = 4, ModelRevision = 5, SubjectRevision = 6, Policy = 7;

    private static readonly KeptTexts<string> Roles = new(Encoding.UTF8.GetString), Policies = new(Encoding.UTF8.GetString);

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Decision value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(Decision));
        UInt64Codec.WriteField(ref writer, Reason, (byte)value.Reason);
        var last = Reason;
        if (value.MatchedPermission is { } permission)
        {
            writer.WritePermission(Permission - last, permission);
            last = Permission;
        }
        last = writer.WriteText(last, Role, value.MatchedRole);
        last = writer.WriteText(last, Assignment, value.MatchedAssignment);
        last = writer.WriteNumber(last, ValidUntil, (ulong)(value.ValidUntil?.UtcTicks ?? 0));
        last = writer.WriteNumber(last, ModelRevision, (ulong)value.ModelRevision);
        last = writer.WriteNumber(last, SubjectRevision, (ulong)value.SubjectRevision);
        writer.WriteText(last, Policy, value.MatchedPolicy);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public Decision ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        field.EnsureWireTypeTagDelimited();
        ReferenceCodec.MarkValueField(reader.Session);
        var reason = DecisionReason.Unavailable;
        Permission? permission = null;
        string? role = null, assignment = null, policy = null;
        long validUntil = 0, modelRevision = 0, subjectRevision = 0;
        for (var at = 0u; ;)
        {
            reader.ReadFieldHeader(ref field);
            if (field.IsEndBaseOrEndObject)
            {
                break;
            }
            switch (at += field.FieldIdDelta)
            {
                case Reason: reason = Known(UInt64Codec.ReadValue(ref reader, field)); break;
                case Permission: permission = reader.ReadPermission(field); break;
                case Role: role = reader.ReadKept(field, Roles); break;
                case Assignment: assignment = reader.ReadText(field); break;
                case ValidUntil: validUntil = (long)UInt64Codec.ReadValue(ref reader, field); break;
                case ModelRevision: modelRevision = (long)UInt64Codec.ReadValue(ref reader, field); break;
                case SubjectRevision: subjectRevision = (long)UInt64Codec.ReadValue(ref reader, field); break;
                case Policy: policy = reader.ReadKept(field, Policies); break;
                default: reader.ConsumeUnknownField(field); break;
            }
        }
        return new Decision
        {
            Reason = reason,
            MatchedPermission = permission,
            MatchedRole = role,
            MatchedAssignment = assignment,
            MatchedPolicy = policy,
            ValidUntil = validUntil == 0 ? null : new DateTimeOffset(validUntil, TimeSpan.Zero),
            ModelRevision = modelRevision,
            SubjectRevision = subjectRevision,
        };
    }

    // A reason that a later version has for a denial is one that cannot be told here; a grant it never is.
    private static DecisionReason Known(ulong reason) => reason <= (ulong)DecisionReason.PolicyError ? (DecisionReason)reason : DecisionReason.Unavailable;
}
