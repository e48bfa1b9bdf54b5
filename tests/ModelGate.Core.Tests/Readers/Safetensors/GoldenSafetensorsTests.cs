using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Tests.Readers.Safetensors;

public class GoldenSafetensorsTests
{
    public static TheoryData<string> Sound => GoldenTensors.Files("safetensors", refused: false);

    public static TheoryData<string> Faulty => GoldenTensors.Files("safetensors", refused: true);

    [Theory]
    [MemberData(nameof(Sound))]
    public void Every_number_agrees(string file)
    {
        var found = GoldenTensors.Read($"safetensors/{file}");

        found.Format.Should().Be("safetensors");
        found.ShouldAgree(GoldenTensors.Expected("safetensors", file));
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Every_metadata_text_agrees(string file)
    {
        if (!GoldenTensors.Description("safetensors", file).TryGetProperty("metadata", out var expected) || expected.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        GoldenTensors.Read($"safetensors/{file}").Metadata.Select(m => (m.Key, ((MetadataValue.Text)m.Value).Value))
            .Should().BeEquivalentTo(expected.EnumerateObject().Select(p => (p.Name, p.Value.GetString()!)));
    }

    [Fact]
    public void Every_dtype_that_PyTorch_writes_agrees() => GoldenTensors.Read("torch2/dtypes.safetensors").ShouldAgree(Fixture.Expected("torch2/dtypes.safetensors"));

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_model_in_shards_that_do_not_fit_is_refused(string file)
    {
        var reading = () => GoldenTensors.Read($"safetensors/{file}");

        reading.Should().Throw<ArtifactFault>().Which.Should().Match<ArtifactFault>(e => e.Format == "safetensors" && new[] { "shard", "stale-index", "truncated" }.Contains(e.Reason.Code));
    }

    [Fact]
    public void A_model_in_shards_keeps_the_order_of_its_index()
    {
        var names = JsonDocument.Parse(Fixture.Bytes("safetensors/sharded/model.safetensors.index.json")).RootElement.GetProperty("weight_map").EnumerateObject().Select(p => p.Name);

        GoldenTensors.Read("safetensors/sharded/model.safetensors.index.json").Tensors.Select(t => t.Name).Should().Equal(names);
    }

    [Fact]
    public void An_index_whose_folder_cannot_be_seen_is_refused()
        => Fixture.Refusal(Fixture.Bytes("safetensors/sharded/model.safetensors.index.json")).Reason.Code.Should().Be("shard");
}
