namespace ModelGate.Runs;

/// <summary>A file that an evaluation read.</summary>
/// <param name="Path">The path relative to the configuration.</param>
/// <param name="Role">The part it plays.</param>
/// <param name="Kind">The kind of artifact: checkpoint, log, audio, manifest; <c>unreadable</c> where it could not be read.</param>
/// <param name="Format">The format, found by content; empty where it is unknown.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Sha256">The SHA-256 of the bytes that were read, in lower-case hexadecimal; empty where the file could not be opened.</param>
/// <param name="Warnings">What is odd in the file and does not stop it from being judged.</param>
internal sealed record RunArtifact(
    SafeText Path, ArtifactRole Role, string Kind, string Format, long Bytes, string Sha256, IReadOnlyList<SafeText> Warnings)
{
    /// <summary>The model that it belongs to, where a record holds several; see <see cref="RunRecord.In"/>.</summary>
    public SafeText Group { get; init; }

    /// <summary>Whether a model made it for a gate: it is in no file of the user.</summary>
    public bool IsMade { get; init; }

    /// <summary>The path, below the model's folder where a record holds several.</summary>
    public SafeText Place => RunRecord.Below(Group, Path);
}
