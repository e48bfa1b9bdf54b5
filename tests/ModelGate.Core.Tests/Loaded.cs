using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests;

/// <summary>Artifacts of files, as the evaluation would hand them to a gate.</summary>
internal static class Loaded
{
    public static ArtifactFile<T> File<T>(string path, string? name = null, DateTimeOffset written = default)
        where T : Artifact
    {
        // Kept open for the test's life: artifacts read their bytes on demand.
        var source = new MemoryByteSource(System.IO.File.ReadAllBytes(path));
        var artifact = (T)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));
        return new ArtifactFile<T>(name ?? Path.GetFileName(path), source.Length, written, artifact);
    }

    public static ArtifactFile<Checkpoint> Fixture(string name, string? rename = null, DateTimeOffset written = default)
        => File<Checkpoint>(Path.Combine(AppContext.BaseDirectory, "Fixtures", "exports", name), rename, written);

    public static ArtifactFile<Checkpoint> Lexi(string name, string? rename = null, DateTimeOffset written = default)
        => File<Checkpoint>(Repository.PathOf("samples", "lexi", name), rename, written);

    public static ArtifactFile<Checkpoint> Weights(string name, params (string Key, long[] Shape)[] keys)
        => new(name, 0, default, new Checkpoint(
            "pytorch-zip", [.. keys.Select(k => new TensorEntry(k.Key, DType.Float32, k.Shape, k.Shape.Aggregate(1L, (a, b) => a * b), null))], "", [], []));
}
