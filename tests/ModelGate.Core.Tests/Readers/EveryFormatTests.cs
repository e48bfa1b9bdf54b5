using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests.Readers;

/// <summary>The catalogue of readers against what the documents say.</summary>
public class EveryFormatTests
{
    [Fact]
    public void Stands_in_the_documents()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats.md"));

        ArtifactReaders.All.Select(r => r.Format).Where(f => f != "pickle").Concat(["torchscript", "torch-export"]).Distinct().Should().OnlyContain(f => page.Contains($"`{f}`"));
    }

    [Fact]
    public void Is_told_from_every_other_by_the_head_of_a_golden_file()
    {
        foreach (var (file, format) in new[] { ("safetensors/dtypes.safetensors", "safetensors"), ("numpy/f4.npy", "numpy"), ("gguf/quantized.gguf", "gguf"), ("onnx/old.onnx", "onnx") })
        {
            var head = Fixture.Bytes(file).AsSpan();
            head = head[..Math.Min(head.Length, ArtifactReader.HeadBytes)];
            var found = new List<string>();
            foreach (var reader in ArtifactReaders.All)
            {
                if (reader.Recognises(head))
                {
                    found.Add(reader.Format);
                }
            }

            found.Should().Equal([format], file);
        }
    }
}
