using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Readers.Json;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers.Json;

/// <summary>What a JSON document or a table is where no role says it.</summary>
public class JsonFormTests
{
    [Theory]
    [InlineData("{\"accuracy\": 0.9}")]
    [InlineData("{\"model\": \"tiny\", \"wer\": 0.1}")]
    [InlineData("{\"eval\": {\"wer\": 0.1}}")]
    [InlineData("{\"loss\": NaN}")]
    [InlineData("{\"confusion\": [[9, 1], [2, 8]], \"f1\": 0.8}")]
    [InlineData("{\"classes\": [0, 1, 2], \"f1\": 0.8}")]
    [InlineData("{\"history\": [2.5, 1.5, 1.0]}")]
    [InlineData("{\"counts\": [1, 2]}\n{\"counts\": [1, 3]}")]
    [InlineData("[{\"loss\": 1}, {\"loss\": 0.5}]")]
    [InlineData("\uFEFF {\"accuracy\": 1}")]
    [InlineData("{\"input\": {\"shape\": [1, 80], \"mean\": 0.5}}")]
    public void Numbers_by_name_are_metrics(string text) => Read(text).Should().BeOfType<Metrics>();

    [Theory]
    [InlineData("{\"conv.weight\": [192, 192, 3], \"conv.bias\": [192]}")]
    [InlineData("{\"scale\": []}")]
    [InlineData("{\"conv.weight\": {\"shape\": [192, 3], \"dtype\": \"float32\"}}")]
    [InlineData("{\"conv.weight\": {\"dtype\": \"float32\", \"shape\": []}}")]
    public void Shapes_by_name_are_a_manifest(string text) => Read(text).Should().BeOfType<KeyManifest>();

    [Fact]
    public void A_manifest_that_is_longer_than_what_is_looked_at_is_one()
        => Read("{" + string.Join(", ", Enumerable.Range(0, 5000).Select(i => $"\"layer.{i}.weight\": [4, {i}]")) + "}").Should().BeOfType<KeyManifest>();

    [Theory]
    [InlineData("{\"conv.weight\": [192, -3]}", "manifest")]
    [InlineData("{\"conv.weight\": [192, 3", "json")]
    [InlineData("{}", "manifest")]
    public void A_broken_manifest_is_refused_as_one(string text, string reason)
        => FluentActions.Invoking(() => Read(text, reason == "manifest" ? ArtifactRole.Architecture : null)).Should().Throw<ArtifactFault>().Which.Reason.Code.Should().Be(reason);

    [Theory]
    [InlineData("{\"conv.weight\": [192], \"epoch\": 3}")]
    [InlineData("a,b\n1,2\n")]
    public void Where_keys_are_wanted_nothing_is_taken_for_metrics(string text)
        => FluentActions.Invoking(() => Read(text, ArtifactRole.Architecture)).Should().Throw<ArtifactFault>().Which.Reason.Code.Should().BeOneOf("manifest", "unknown-format");

    [Fact]
    public void A_configuration_that_the_role_names_is_one()
        => Read("{\"train\": {\"learning_rate\": 1e-4}}", ArtifactRole.Config).Should().BeOfType<TrainerConfiguration>();

    [Fact]
    public void Documents_with_a_form_of_their_own_are_not_taken_for_metrics()
    {
        FluentActions.Invoking(() => Read("{\"metadata\": {\"total_size\": 4}, \"weight_map\": {\"a\": \"x.safetensors\"}}")).Should().Throw<ArtifactFault>().Which.Format.Should().Be("safetensors");
        FluentActions.Invoking(() => Read("{\"schemaVersion\": \"1\", \"tool\": {}}")).Should().Throw<ArtifactFault>().Which.Format.Should().Be("modelgate-report");
    }

    // 123 tensors, as TorchSharp counts them, are the byte of a brace.
    [Fact]
    public void A_brace_alone_begins_no_document()
        => JsonForm.BeginsObject([(byte)'{', 11, .. "conv.weight"u8]).Should().BeFalse();

    [Theory]
    [InlineData("2024-05-01 12:00:00,123 INFO start\n2024-05-01 12:00:01,456 INFO stop\n")]
    [InlineData("Dear Sir, I write\nto you, 5 times\n")]
    [InlineData("one\n1\n")]
    [InlineData("a,b\nx,y\n")]
    [InlineData("0.1,0.2\n0.3,0.4\n")]
    public void Text_that_is_no_table_of_numbers_is_of_no_known_format(string text)
        => FluentActions.Invoking(() => Read(text)).Should().Throw<ArtifactFault>().Which.Reason.Should().Be(FaultReason.UnknownFormat);

    private static Artifact Read(string text, ArtifactRole? role = null)
        => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(Encoding.UTF8.GetBytes(text)), new ReadBudget(ReadLimits.Default)) { Role = role });
}
