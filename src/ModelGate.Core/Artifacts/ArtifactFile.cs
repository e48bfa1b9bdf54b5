namespace ModelGate.Artifacts;

/// <summary>An artifact and the file that held it.</summary>
/// <param name="Path">The path relative to the configuration, with forward slashes.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="LastWriteTime">When the file was last written, as the file system tells.</param>
/// <param name="Content">What the reader made of it.</param>
/// <typeparam name="TArtifact">The kind of artifact.</typeparam>
internal sealed record ArtifactFile<TArtifact>(string Path, long Bytes, DateTimeOffset LastWriteTime, TArtifact Content)
    where TArtifact : Artifact
{
    /// <summary>The path's last part.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];
}
