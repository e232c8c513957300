using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Api.Decisions;

/// <summary>Reads the bodies of searches: a question without the part that is looked for, and which page. Unknown and repeated members are errors; null is absent.</summary>
internal sealed class SearchReader
{
    private const int UsualLimit = 100, MostAtOnce = 1000;
    private static readonly string[] Known = ["subject", "permission", "action", "resource", "context", "at", "explain", "limit", "page_token"];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private EntityDraft _subject, _resource, _action;
    private (Permission Permission, bool HasExplicitScope)? _permission;
    private AttributeBag _context = AttributeBag.Empty;
    private DateTimeOffset? _at;
    private bool _explain;
    private int _limit = UsualLimit;
    private string? _token;

    private SearchReader()
    {
    }

    /// <summary>The body of a search.</summary>
    public static Search Read(ReadOnlySpan<byte> body, AccessQueryKind open)
    {
        try
        {
            var reader = QuestionReader.Start(body);
            var draft = new SearchReader();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                draft.Take(ref reader);
            }
            reader.Read();
            return draft.Finish(open);
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body)]);
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        var (name, start) = (AttributeReader.Text(ref reader), reader.TokenStartIndex);
        if (!_names.Add(name))
        {
            throw new BodyException("duplicate member", start);
        }
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null && Known.Contains(name))
        {
            return;
        }
        switch (name)
        {
            case "subject":
                _subject = EntityDraft.Read(ref reader, isAction: false);
                break;
            case "permission":
                _permission = PermissionCache.Read(ref reader);
                break;
            case "action":
                _action = EntityDraft.Read(ref reader, isAction: true);
                break;
            case "resource":
                _resource = EntityDraft.Read(ref reader, isAction: false);
                break;
            case "context":
                _context = AttributeReader.ReadBag(ref reader);
                break;
            case "at":
                _at = TimeConverter.ReadTime(ref reader);
                break;
            case "explain":
                _explain = reader.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? reader.GetBoolean() : throw new BodyException("must be true or false", reader.TokenStartIndex);
                break;
            case "limit":
                _limit = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var limit) && limit is >= 1 and <= MostAtOnce
                    ? limit : throw new BodyException($"must be a whole number from 1 to {MostAtOnce}", reader.TokenStartIndex);
                break;
            case "page_token":
                _token = reader.TokenType == JsonTokenType.String ? AttributeReader.Text(ref reader) : throw new BodyException("must be a string", reader.TokenStartIndex);
                break;
            default:
                throw new BodyException("unknown member", start);
        }
    }

    private Search Finish(AccessQueryKind open)
    {
        var (permission, isExplicit) = open == AccessQueryKind.Actions ? NoAction() : Asked();
        Refuse(open == AccessQueryKind.Subjects ? _subject.Id : open == AccessQueryKind.Resources ? _resource.Id : null, open == AccessQueryKind.Subjects ? "subject.id" : "resource.id");
        var template = new AccessRequest
        {
            Subject = new SubjectId(SubjectType(), open == AccessQueryKind.Subjects ? "-" : Needed(_subject.Id, "subject.id")),
            Permission = permission,
            HasExplicitScope = isExplicit,
            ResourceType = _resource.Type,
            ResourceId = _resource.Id,
            SubjectProperties = _subject.Properties ?? AttributeBag.Empty,
            ResourceProperties = _resource.Properties ?? AttributeBag.Empty,
            ActionProperties = _action.Properties ?? AttributeBag.Empty,
            Context = _context,
        };
        var type = open == AccessQueryKind.Subjects ? template.Subject.Type : _resource.Type ?? permission.Resource;
        return new Search(new AccessQuery(open, type, template), _at, _explain, _limit, _token);
    }

    private (Permission, bool) Asked()
    {
        if (_permission is { } given)
        {
            return _action.Name is null ? given : throw new BodyException("must not be given beside `permission`", 0, "action.name");
        }
        var text = $"{Needed(_resource.Type, "resource.type")}:{Needed(_action.Name, "permission")}";
        return Permission.TryParse(text, out var permission, out var isExplicit, out var fault) ? (permission, isExplicit) : throw new BodyException(fault, 0, "action.name");
    }

    private (Permission, bool) NoAction()
    {
        Refuse(_action.Name, "action.name");
        Refuse(_permission?.Permission.ToString(), "permission");
        return Permission.TryName(Needed(_resource.Type, "resource.type"), "any", out var permission)
            ? (permission, false) : throw new BodyException("must name one resource of the grammar of permissions", 0, "resource.type");
    }

    private string SubjectType()
    {
        var fault = Ids.TypeFault(Needed(_subject.Type, "subject.type")) ?? (_subject.Type == SubjectId.TeamType ? "must not be `team`: a team asks nothing" : null);
        return fault is null ? _subject.Type! : throw new BodyException(fault, 0, "subject.type");
    }

    private static string Needed(string? value, string member) => value ?? throw new BodyException("is missing", 0, member);

    private static void Refuse(string? value, string member)
    {
        if (value is not null)
        {
            throw new BodyException("must not be given: it is looked for", 0, member);
        }
    }
}
