namespace ModelGate.Runs;

/// <summary>The configuration of an evaluation.</summary>
/// <param name="Path">Its path; empty where none was given and defaults hold.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal; empty where there is none.</param>
internal sealed record RunConfiguration(SafeText Path, string Sha256)
{
    /// <summary>The model that it is about, where a record holds several; see <see cref="RunRecord.In"/>.</summary>
    public SafeText Group { get; init; }

    /// <summary>The model's folder, as the user knows it; empty where it is the configuration's.</summary>
    public SafeText Folder { get; init; }

    /// <summary>
    /// The name by which reports of other runs know the model: its folder from the repository's root on, unless the user gave it a name. Empty for
    /// the root itself.
    /// </summary>
    public SafeText Model { get; init; }

    /// <summary>The gates that ran, where only some of those that the configuration asks for did: their ids with a plus between; else empty.</summary>
    public SafeText Part { get; init; }
}
