using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests.Readers.Safetensors;

public sealed class StaleIndexTests : IDisposable
{
    private static readonly string Reported = Path.Combine(AppContext.BaseDirectory, "Fixtures", "reports", "a16-stale-shard-index");

    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void Is_told_from_damage_and_said_with_what_lies_beside_it()
    {
        var fault = Refusal(Reported);

        fault.Reason.Should().Be(FaultReason.StaleIndex);
        fault.Description.Value.Should().Contain("none of the 30 files that it names is here").And.Contain("15 that it does not name are").And.Contain("write the index anew");
    }

    [Fact]
    public void Whose_files_are_there_in_part_says_how_many_are_not()
    {
        Copy();
        File.Move(Path.Combine(root, "model-00001-of-00015.safetensors"), Path.Combine(root, "model-00001-of-00030.safetensors"));

        Refusal(root).Should().Match<ArtifactFault>(f => f.Reason == FaultReason.StaleIndex && f.Description.Value.Contains("29 of the 30 files that it names are not here"));
    }

    [Fact]
    public void Is_no_answer_where_nothing_of_the_model_lies_beside_it()
    {
        File.Copy(Path.Combine(Reported, "model.safetensors.index.json"), Path.Combine(root, "model.safetensors.index.json"));

        Refusal(root).Should().Match<ArtifactFault>(f => f.Reason == FaultReason.Shard && f.Description.Value.Contains("model-00001-of-00030.safetensors, which is not there, and to 29 others"));
    }

    [Fact]
    public void Beside_shards_that_lack_a_tensor_asks_for_one_save()
    {
        Copy();
        File.Delete(Path.Combine(root, "model-00007-of-00015.safetensors"));

        Refusal(root).Description.Value.Should().Contain("take index and files from one save").And.Contain("14 that it does not name are");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Copy()
    {
        foreach (var file in Directory.GetFiles(Reported))
        {
            File.Copy(file, Path.Combine(root, Path.GetFileName(file)));
        }
    }

    private static ArtifactFault Refusal(string folder)
    {
        using var files = new FileFolder(folder, _ => true);
        using var source = FileByteSource.Open(Path.Combine(folder, "model.safetensors.index.json"));
        var reading = () => ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)) { Folder = files });
        return reading.Should().Throw<ArtifactFault>().Which;
    }
}
