using System.Security.Cryptography;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The keys of <see cref="IndexNames.RoleRequests"/>, and the rows that a request entails. Never change a key: they are stored.</summary>
internal static class RequestRows
{
    /// <summary>All requests.</summary>
    public const string All = "";

    /// <summary>Those of a status.</summary>
    public static string Of(RequestStatus status) => "status:" + EnumText.Of(status);

    /// <summary>Those that somebody made or is to get.</summary>
    public static string Of(SubjectId subject) => $"by:{subject}";

    /// <summary>Pending ones for somebody.</summary>
    public static string OpenFor(SubjectId principal) => $"for:{principal}";

    /// <summary>Pending ones for a role.</summary>
    public static string OpenOf(RoleId role) => $"role:{role}";

    /// <summary>The pending one that asks for the same; there is one at most.</summary>
    public static string OpenLike(RoleRequest request)
    {
        var what = new StateWriter();
        what.Text(request.Principal.ToString());
        what.Text(request.Role.Value);
        ValueCodec.Write(what, request.Wish.Scope);
        return "like:" + Convert.ToHexStringLower(SHA256.HashData(what.Written));
    }

    /// <summary>The rows of a request.</summary>
    public static List<IndexRow> Of(TenantId tenant, ActorKey key, RoleRequestState? state)
    {
        var rows = new List<IndexRow>();
        if (state is not { Request: var request })
        {
            return rows;
        }
        Add(All, Of(request.Status), Of(request.Principal));
        if (request.RequestedBy != request.Principal.ToString())
        {
            Add(Of(SubjectId.Parse(request.RequestedBy)));
        }
        if (request.Status == RequestStatus.Pending)
        {
            Add(OpenFor(request.Principal), OpenOf(request.Role), OpenLike(request));
            rows.Add(IndexRows.Due(key, state.Granting?.At ?? request.OpenUntil));
        }
        return rows;

        void Add(params ReadOnlySpan<string> keys)
        {
            foreach (var of in keys)
            {
                rows.Add(IndexRows.Request(tenant, of, request.Id));
            }
        }
    }
}
