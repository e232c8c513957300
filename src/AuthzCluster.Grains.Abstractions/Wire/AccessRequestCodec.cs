using System.Buffers;
using System.Text;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A question on the wire. What is usual is left out: the type of users, empty bags.</summary>
[RegisterSerializer]
internal sealed class AccessRequestCodec(ICodecProvider codecs) : IFieldCodec<AccessRequest>
{
    // Of what was sent once the ids stay; new fields get new ones.
    private const uint Subject = 0, SubjectType = 1, Permission = 2, HasExplicitScope = 3, ResourceType = 4, ResourceId = 5,
        SubjectProperties = 6, ResourceProperties = 7, ActionProperties = 8, Context = 9;

    private static readonly KeptTexts<string> Types = new(Encoding.UTF8.GetString);

    private readonly IFieldCodec<AttributeBag> _bags = codecs.GetCodec<AttributeBag>();

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, AccessRequest? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(AccessRequest));
        writer.WriteText(Subject, value.Subject.Id);
        var last = writer.WriteText(Subject, SubjectType, value.Subject.Type == SubjectId.UserType ? null : value.Subject.Type);
        writer.WritePermission(Permission - last, value.Permission);
        last = writer.WriteNumber(Permission, HasExplicitScope, value.HasExplicitScope ? 1UL : 0);
        last = writer.WriteText(last, ResourceType, value.ResourceType);
        last = writer.WriteText(last, ResourceId, value.ResourceId);
        last = WriteBag(ref writer, last, SubjectProperties, value.SubjectProperties);
        last = WriteBag(ref writer, last, ResourceProperties, value.ResourceProperties);
        last = WriteBag(ref writer, last, ActionProperties, value.ActionProperties);
        WriteBag(ref writer, last, Context, value.Context);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public AccessRequest ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference<AccessRequest, TInput>(ref reader, field)!;
        }
        field.EnsureWireTypeTagDelimited();
        ReferenceCodec.MarkValueField(reader.Session);
        string? id = null, type = SubjectId.UserType, resourceType = null, resourceId = null;
        Permission? permission = null;
        var hasExplicitScope = false;
        AttributeBag? subject = null, resource = null, action = null, context = null;
        for (var at = 0u; ;)
        {
            reader.ReadFieldHeader(ref field);
            if (field.IsEndBaseOrEndObject)
            {
                break;
            }
            switch (at += field.FieldIdDelta)
            {
                case Subject: id = reader.ReadText(field); break;
                case SubjectType: type = reader.ReadKept(field, Types); break;
                case Permission: permission = reader.ReadPermission(field); break;
                case HasExplicitScope: hasExplicitScope = UInt64Codec.ReadValue(ref reader, field) != 0; break;
                case ResourceType: resourceType = reader.ReadKept(field, Types); break;
                case ResourceId: resourceId = reader.ReadText(field); break;
                case SubjectProperties: subject = _bags.ReadValue(ref reader, field); break;
                case ResourceProperties: resource = _bags.ReadValue(ref reader, field); break;
                case ActionProperties: action = _bags.ReadValue(ref reader, field); break;
                case Context: context = _bags.ReadValue(ref reader, field); break;
                default: reader.ConsumeUnknownField(field); break;
            }
        }
        return new AccessRequest
        {
            Subject = new SubjectId(type, id ?? throw new FormatException("a question names no subject")),
            Permission = permission ?? throw new FormatException("a question names no permission"),
            HasExplicitScope = hasExplicitScope,
            ResourceType = resourceType,
            ResourceId = resourceId,
            SubjectProperties = subject ?? AttributeBag.Empty,
            ResourceProperties = resource ?? AttributeBag.Empty,
            ActionProperties = action ?? AttributeBag.Empty,
            Context = context ?? AttributeBag.Empty,
        };
    }

    private uint WriteBag<TBufferWriter>(ref Writer<TBufferWriter> writer, uint last, uint field, AttributeBag bag)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (bag.Count == 0)
        {
            return last;
        }
        _bags.WriteField(ref writer, field - last, typeof(AttributeBag), bag);
        return field;
    }
}
