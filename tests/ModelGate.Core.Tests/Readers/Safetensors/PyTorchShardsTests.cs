using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests.Readers.Safetensors;

/// <summary>Models in several files of PyTorch, as transformers wrote them before safetensors; the files themselves are accelerate's, Fixtures/trainers/README.md.</summary>
public sealed class PyTorchShardsTests : IDisposable
{
    private const string Shard = "pytorch_model-00001-of-00001.bin";

    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void Are_read_through_their_index_with_what_their_pickles_import()
    {
        var alone = Write();
        var whole = Read(Index(alone.Tensors.Select(t => t.Name)));

        whole.Format.Should().Be("pytorch-zip");
        whole.Tensors.Select(t => t.Name).Should().Equal(alone.Tensors.Select(t => t.Name));
        whole.Globals.Select(g => g.Name).Should().Equal(alone.Globals.Select(g => g.Name)).And.NotBeEmpty();
    }

    // A byte in the storage of a tensor, whose record is stored as it is.
    [Fact]
    public void Notice_a_changed_byte_by_the_checksums_of_its_part()
    {
        var alone = Write();
        var index = Index(alone.Tensors.Select(t => t.Name));
        Read(index).Checksums!.HasChecksums.Should().BeTrue();
        Read(index).Checksums!.Verify(withStored: true, CancellationToken.None);

        var bytes = File.ReadAllBytes(Path.Combine(root, Shard));
        var stored = alone.Checksums!.Stored.First(s => s.Name.Contains("/data/", StringComparison.Ordinal));
        bytes[stored.Offset] ^= 1;
        File.WriteAllBytes(Path.Combine(root, Shard), bytes);

        FluentActions.Invoking(() => Read(index).Checksums!.Verify(withStored: false, CancellationToken.None)).Should().Throw<ArtifactFault>().Which.Part.Should().Be(Shard);
    }

    [Fact]
    public void Refuse_an_index_of_another_save()
    {
        var alone = Write();
        FluentActions.Invoking(() => Read(Index(alone.Tensors.Select(t => t.Name).Append("more.weight")))).Should().Throw<ArtifactFault>().Which.Sentence.Value.Should().Contain("the index is stale").And.Contain("more.weight");
    }

    [Fact]
    public void Refuse_a_shard_that_is_cut_off()
    {
        var alone = Write();
        var bytes = File.ReadAllBytes(Path.Combine(root, Shard));
        File.WriteAllBytes(Path.Combine(root, Shard), bytes[..(bytes.Length / 2)]);

        FluentActions.Invoking(() => Read(Index(alone.Tensors.Select(t => t.Name)))).Should().Throw<ArtifactFault>().Which.Part.Should().Be(Shard);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private Checkpoint Write()
    {
        File.Copy(Fixture.PathOf("trainers/accelerate/checkpoints/checkpoint_5/pytorch_model.bin"), Path.Combine(root, Shard));
        return Read(Path.Combine(root, Shard));
    }

    private string Index(IEnumerable<string> names)
    {
        var path = Path.Combine(root, "pytorch_model.bin.index.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { metadata = new { total_size = 1 }, weight_map = names.ToDictionary(n => n, _ => Shard) }));
        return path;
    }

    private static Checkpoint Read(string path)
    {
        var source = FileByteSource.Open(path);
        return (Checkpoint)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)) { Folder = Workspace.Beside(path), Name = Path.GetFileName(path) });
    }
}
