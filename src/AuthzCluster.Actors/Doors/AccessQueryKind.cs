namespace AuthzCluster.Actors.Doors;

/// <summary>Which part of a question a search leaves open.</summary>
public enum AccessQueryKind
{
    /// <summary>Who may do this.</summary>
    Subjects,
    /// <summary>On what may they do it.</summary>
    Resources,
    /// <summary>What may they do.</summary>
    Actions,
}
