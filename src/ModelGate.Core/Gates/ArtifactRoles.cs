namespace ModelGate.Gates;

/// <summary>The roles' names in a configuration.</summary>
public static class ArtifactRoles
{
    /// <summary>Every role, in the order of the documentation.</summary>
    public static IReadOnlyList<ArtifactRole> All { get; } = Enum.GetValues<ArtifactRole>();

    /// <summary>The role's member in a configuration, such as <c>checkpoints</c>.</summary>
    public static string Key(this ArtifactRole role) => role.ToString().ToLowerInvariant();
}
