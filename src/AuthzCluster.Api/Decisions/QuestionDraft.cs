using System.Text.Json;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Decisions;

/// <summary>A question while it is read; its members may come in any order.</summary>
internal struct QuestionDraft(long position, TenantId tenant)
{
    private readonly long _position = position;
    private readonly TenantId _tenant = tenant;
    private QuestionMember _names;
    private QuestionMember _values;
    private string? _user;
    private EntityDraft _subject;
    private EntityDraft _resource;
    private EntityDraft _action;
    private Permission? _permission;
    private bool _hasExplicitScope;
    private AttributeBag _context = AttributeBag.Empty;
    private AttributeBag _scope = AttributeBag.Empty;
    private DateTimeOffset _at;
    private bool _explain;

    /// <summary>Notes that a member's name stands here.</summary>
    public void See(QuestionMember member, long position)
    {
        if ((_names & member) != 0)
        {
            throw new BodyException("duplicate member", position);
        }
        _names |= member;
    }

    /// <summary>Reads a member's value, which is not null.</summary>
    public void Take(QuestionMember member, ref Utf8JsonReader reader)
    {
        _values |= member;
        switch (member)
        {
            case QuestionMember.User:
                _user = EntityDraft.ReadId(ref reader);
                break;
            case QuestionMember.Permission:
                (_permission, _hasExplicitScope) = PermissionCache.Read(ref reader);
                break;
            case QuestionMember.Subject:
                _subject = EntityDraft.Read(ref reader, isAction: false);
                break;
            case QuestionMember.Resource:
                _resource = EntityDraft.Read(ref reader, isAction: false);
                break;
            case QuestionMember.Action:
                _action = EntityDraft.Read(ref reader, isAction: true);
                break;
            case QuestionMember.Context:
                _context = AttributeReader.ReadBag(ref reader);
                break;
            case QuestionMember.Scope:
                _scope = AttributeReader.ReadBag(ref reader);
                break;
            case QuestionMember.At:
                _at = TimeConverter.ReadTime(ref reader);
                break;
            case QuestionMember.TenantId:
                CheckTenant(ref reader);
                break;
            default:
                _explain = reader.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? reader.GetBoolean() : throw new BodyException("must be true or false", reader.TokenStartIndex);
                break;
        }
    }

    /// <summary>The question; throws where something is missing, or said twice in different ways.</summary>
    public readonly Question Finish()
    {
        var (permission, hasExplicitScope) = Has(QuestionMember.Permission) ? Given() : Composed();
        var properties = Has(QuestionMember.Resource) ? _resource.Properties : AttributeBag.Empty;
        var request = new AccessRequest
        {
            Subject = Subject(),
            Permission = permission,
            HasExplicitScope = hasExplicitScope,
            ResourceType = _resource.Type,
            ResourceId = _resource.Id,
            SubjectProperties = Has(QuestionMember.Subject) ? _subject.Properties : AttributeBag.Empty,
            ResourceProperties = _scope.Count == 0 ? properties : properties.With(_scope),
            ActionProperties = Has(QuestionMember.Action) ? _action.Properties : AttributeBag.Empty,
            Context = _context,
        };
        return new Question(request, Has(QuestionMember.At) ? _at : null, _explain);
    }

    private readonly void CheckTenant(ref Utf8JsonReader reader)
    {
        if (EntityDraft.ReadId(ref reader) != _tenant.Value)
        {
            throw new BodyException(TenantRule.Fault(_tenant), reader.TokenStartIndex);
        }
    }

    private readonly bool Has(QuestionMember member) => (_values & member) != 0;

    private readonly SubjectId Subject()
    {
        if (Has(QuestionMember.User) == Has(QuestionMember.Subject))
        {
            throw new BodyException("one of `subject` and `user` must be given, not both", _position, "subject");
        }
        if (_user is not null)
        {
            return SubjectId.User(_user);
        }
        if (Ids.TypeFault(_subject.Type) is { } fault)
        {
            throw new BodyException(fault, _subject.Position, "type");
        }
        var subject = new SubjectId(_subject.Type!, _subject.Id ?? throw new BodyException("is missing", _subject.Position, "id"));
        return subject.IsTeam ? throw new BodyException("must not be `team`: a team asks nothing", _subject.Position, "type") : subject;
    }

    private readonly (Permission, bool) Given() => _action.Name is null
        ? (_permission!, _hasExplicitScope)
        : throw new BodyException("must not be given beside `permission`", _action.Position, "name");

    private readonly (Permission, bool) Composed()
    {
        if (_action.Name is null)
        {
            throw new BodyException("is missing: give `permission`, or `action.name` and `resource.type`", _position, "permission");
        }
        if (_resource.Type is null)
        {
            throw new BodyException("is missing: it is the resource of `action.name`", _position, "resource.type");
        }
        return Permission.TryParse($"{_resource.Type}:{_action.Name}", out var permission, out var hasExplicitScope, out var fault)
            ? (permission, hasExplicitScope)
            : throw new BodyException(fault, _action.Position, "name");
    }
}
