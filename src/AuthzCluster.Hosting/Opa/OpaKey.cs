using System.Buffers.Binary;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Opa;

/// <summary>
/// By what an answer is found again: all that was sent, and the revisions of what asked, so that a change of the policy, or of anything else in the tenant's
/// model, finds none of the answers from before it.
/// </summary>
internal readonly record struct OpaKey(
    TenantId Tenant, DateTimeOffset TenantSince, long ModelRevision, long SubjectRevision, string Url, string Path, UInt128 Input, UInt128 InputToo)
{
    /// <summary>From the hash of all that was sent, of 32 bytes.</summary>
    public static OpaKey Of(OutsideCall call, string url, ReadOnlySpan<byte> hash) => new(
        call.Tenant, call.TenantSince, call.ModelRevision, call.SubjectRevision, url, call.Question.Path,
        BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
}
