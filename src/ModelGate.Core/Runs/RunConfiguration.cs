namespace ModelGate.Runs;

/// <summary>The configuration of an evaluation.</summary>
/// <param name="Path">Its path; empty where none was given and defaults hold.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal; empty where there is none.</param>
internal sealed record RunConfiguration(SafeText Path, string Sha256)
{
    /// <summary>The model that it is about, where a record holds several; see <see cref="RunRecord.In"/>.</summary>
    public SafeText Group { get; init; }
}
