namespace AuthzCluster.Domain.Permissions;

/// <summary>How far a permission reaches, narrow to broad: a broader scope covers a narrower one.</summary>
public enum PermissionScope : byte
{
    /// <summary>What the subject owns.</summary>
    Own = 0,
    /// <summary>What one of the subject's teams owns, or the subject.</summary>
    Team = 1,
    /// <summary>What belongs to the subject's customer, or to a team of the subject, or to the subject.</summary>
    Customer = 2,
    /// <summary>Everything; written <c>*</c> or left out.</summary>
    Any = 3,
}
