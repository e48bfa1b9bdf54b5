using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using ModelGate.Architecture.Comparison;
using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Remapping;
using ModelGate.Artifacts;
using ModelGate.Readers.Safetensors;
using ModelGate.Signals.Weights;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Architecture.Remapping;

public class RemappedWeightsTests
{
    private const string Folded = "torch2/weight_norm_folded.pth";

    [Theory]
    [InlineData("torch2/weight_norm_old.pth")]
    [InlineData("torch2/weight_norm_parametrized.pth")]
    public void Fold_weight_norm_as_PyTorch_does(string file)
    {
        var expected = Fixture.Checkpoint(Folded).Weights;

        var folded = Remap(Fixture.Checkpoint(file), ModelKeys.Of(expected));

        folded.Select(t => t.Name).Should().BeEquivalentTo(expected.Keys);
        foreach (var tensor in folded)
        {
            tensor.Shape.Should().Equal(expected[tensor.Name].Shape);
            TensorDifference.Measure(tensor, expected[tensor.Name], TestContext.Current.CancellationToken)!.Maximum.Should().BeLessThan(1e-6, tensor.Name);
        }
    }

    [Fact]
    public void Are_compared_by_content()
    {
        var difference = ModelDifference.Of(Fixture.Checkpoint("torch2/weight_norm_parametrized.pth"), Fixture.Checkpoint("torch2/weight_norm_old.pth"), TestContext.Current.CancellationToken)!;

        difference.Keys.Mismatches.Should().BePositive();
        difference.ComparedTensors.Should().Be(difference.Keys.Right.Count);
        difference.Tensors.Should().BeEmpty();
    }

    [Fact]
    public void Unfold_to_a_weight_norm_that_folds_back()
    {
        var folded = Fixture.Checkpoint(Folded);
        var old = Fixture.Checkpoint("torch2/weight_norm_old.pth");

        var unfolded = Remap(folded, ModelKeys.Of(old.Weights));
        var again = Remap(new Checkpoint("safetensors", unfolded, "", [], []), ModelKeys.Of(folded.Weights));

        unfolded.Select(t => t.Name).Should().BeEquivalentTo(old.Weights.Keys);
        again.Should().AllSatisfy(t => TensorDifference.Measure(t, folded.Weights[t.Name])!.Maximum.Should().BeLessThan(1e-6, t.Name));
    }

    [Fact]
    public void Are_the_same_after_the_mapping_was_written_and_read()
    {
        var checkpoint = Fixture.Checkpoint("torch2/weight_norm_old.pth");
        var expected = ModelKeys.Of(Fixture.Checkpoint(Folded).Weights);
        var mapping = KeyMapping.Of(Diagnosis.Of(KeyComparison.Of(ModelKeys.Of(checkpoint.Weights), expected)).Mapped);
        using var file = new MemoryStream();

        KeyMappingJson.Write(mapping, expected, file);
        var (read, shapes) = KeyMappingJson.Read(file.ToArray());

        shapes.Should().HaveCount(expected.Count);
        Remapped.Of(checkpoint.Weights, read).Select(Bytes).Should().BeEquivalentTo(Remapped.Of(checkpoint.Weights, mapping).Select(Bytes));
    }

    [Fact]
    public void Merge_an_adapter_by_its_scale()
    {
        var weights = Tensors(
            Tensor("conv.weight", [2, 3], 1, 2, 3, 4, 5, 6), Tensor("conv.lora_A", [1, 3], 1, 10, 100), Tensor("conv.lora_B", [2, 1], 1, 2));
        var mapping = KeyMapping.Of(Diagnosis.Of(KeyComparison.Of(ModelKeys.Of(weights), new Dictionary<string, ExpectedKey> { ["conv.weight"] = new([2, 3], null) })).Mapped);

        Values(Remapped.Of(weights, mapping with { AdapterScale = 2 }).Single()).Should().Equal(3, 22, 203, 8, 45, 406);
        var unknown = () => Remapped.Of(weights, mapping);
        unknown.Should().Throw<RemappingException>().WithMessage("*alpha / rank*adapterScale*");
    }

    [Fact]
    public void Are_transposed_joined_and_split()
    {
        var weights = Tensors(Tensor("a.weight", [2, 3], 1, 2, 3, 4, 5, 6), Tensor("b.weight", [1, 3], 7, 8, 9));
        KeyMapping Of(params (string To, KeyOrigin Origin)[] keys) => new(keys.ToDictionary(k => k.To, k => k.Origin), ["b.weight"]) { Shapes = new Dictionary<string, IReadOnlyList<long>> { ["s"] = [1, 3] } };

        Values(Remapped.Of(weights, Of(("t", new(KeyOperation.Permute, ["a.weight"]) { Numbers = [1, 0] }))).Single(t => t.Name == "t")).Should().Equal(1, 4, 2, 5, 3, 6);
        Values(Remapped.Of(weights, Of(("c", new(KeyOperation.Concatenate, ["b.weight", "a.weight"])))).Single(t => t.Name == "c")).Should().Equal(7, 8, 9, 1, 2, 3, 4, 5, 6);
        Values(Remapped.Of(weights, Of(("s", new(KeyOperation.Slice, ["a.weight"]) { Numbers = [1] }))).Single(t => t.Name == "s")).Should().Equal(4, 5, 6);
    }

    [Fact]
    public void Are_written_as_safetensors()
    {
        var tensors = Remap(Fixture.Checkpoint("torch2/weight_norm_old.pth"), ModelKeys.Of(Fixture.Checkpoint(Folded).Weights));
        using var file = new MemoryStream();

        SafetensorsWriter.Write(tensors, file, TestContext.Current.CancellationToken);

        var bytes = file.ToArray();
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ((8 + length) % 8).Should().Be(0);
        var header = JsonDocument.Parse(bytes.AsMemory(8, length)).RootElement;
        header.GetProperty("__metadata__").GetProperty("format").GetString().Should().Be("pt");
        header.EnumerateObject().Skip(1).Select(p => p.Name).Should().BeEquivalentTo(tensors.Select(t => t.Name));
        var end = 0L;
        foreach (var entry in header.EnumerateObject().Skip(1))
        {
            var tensor = tensors.Single(t => t.Name == entry.Name);
            entry.Value.GetProperty("dtype").GetString().Should().Be("F32");
            entry.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64()).Should().Equal(tensor.Shape);
            var (from, to) = (entry.Value.GetProperty("data_offsets")[0].GetInt64(), entry.Value.GetProperty("data_offsets")[1].GetInt64());
            from.Should().Be(end);
            end = to;
            bytes[(int)(8 + length + from)..(int)(8 + length + to)].Should().Equal(Bytes(tensor));
        }

        bytes.Should().HaveCount((int)(8 + length + end));
    }

    [Fact]
    public void That_are_not_what_was_written_are_noticed()
    {
        var tensors = Fixture.Checkpoint(Folded).Weights.Values.ToArray();
        using var file = new MemoryStream();
        SafetensorsWriter.Write(tensors, file, TestContext.Current.CancellationToken);
        file.Position = 0;
        SafetensorsWriter.Check(tensors, file, TestContext.Current.CancellationToken).Should().BeNull();

        foreach (var at in new[] { 0L, 20, file.Length - 1 })
        {
            var bytes = file.ToArray();
            bytes[at] ^= 1;
            SafetensorsWriter.Check(tensors, new MemoryStream(bytes), TestContext.Current.CancellationToken).Should().NotBeNull();
        }

        SafetensorsWriter.Check(tensors, new MemoryStream(file.ToArray()[..^1]), TestContext.Current.CancellationToken).Should().NotBeNull();
    }

    [Theory]
    [InlineData("[]", "an array \"mapping\"")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{\"mapping\": [{}]}", "no \"from\"")]
    [InlineData("{\"mapping\": [{\"from\": 1, \"to\": \"a\"}]}", "wrong kind")]
    [InlineData("{\"mapping\": [1]}", "wrong kind")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"b\", \"operation\": \"eval\"}]}", "no operation \"eval\"")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"b\"}, {\"from\": \"c\", \"to\": \"b\"}]}", "makes b twice")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"b\", \"operation\": \"reshape\", \"shape\": [-1]}]}", "not a whole number in range")]
    public void Are_refused_a_mapping_that_is_none(string json, string sentence)
    {
        var reading = () => KeyMappingJson.Read(Encoding.UTF8.GetBytes(json));
        reading.Should().Throw<RemappingException>().WithMessage($"*{sentence}*");
    }

    [Theory]
    [InlineData("{\"mapping\": [{\"from\": \"absent\", \"to\": \"b\"}]}", "written for another file")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"b\"}]}", "would be lost")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"c\", \"operation\": \"reshape\", \"shape\": [7]}]}", "another number of elements")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"c\", \"operation\": \"reshape\"}]}", "does not say the shape")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"c\", \"operation\": \"permute\", \"numbers\": [0, 0]}]}", "another number of dimensions")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"c\", \"operation\": \"slice\", \"numbers\": [1], \"shape\": [2, 3]}]}", "not a range")]
    [InlineData("{\"mapping\": [{\"from\": \"a\", \"to\": \"c\", \"operation\": \"fold\"}]}", "made of 1 tensors")]
    [InlineData("{\"mapping\": [{\"from\": \"b\", \"to\": \"c\", \"operation\": \"fold\"}, {\"from\": \"a\", \"to\": \"c\", \"operation\": \"fold\"}]}", "cannot be folded")]
    public void Are_refused_a_mapping_that_does_not_fit(string json, string sentence)
    {
        var weights = Tensors(Tensor("a", [2, 3], 1, 2, 3, 4, 5, 6), Tensor("b", [3], 1, 2, 3));
        var remapping = () => Remapped.Of(weights, KeyMappingJson.Read(Encoding.UTF8.GetBytes(json)).Mapping);
        remapping.Should().Throw<RemappingException>().WithMessage($"*{sentence}*");
    }

    private static IReadOnlyList<TensorEntry> Remap(Checkpoint checkpoint, IReadOnlyDictionary<string, ExpectedKey> expected)
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(ModelKeys.Of(checkpoint.Weights), expected));
        diagnosis.Remaining.Should().Be(0);
        return Remapped.Of(checkpoint.Weights, KeyMapping.Of(diagnosis.Mapped));
    }

    private static Dictionary<string, TensorEntry> Tensors(params TensorEntry[] tensors) => tensors.ToDictionary(t => t.Name);

    private static TensorEntry Tensor(string name, long[] shape, params float[] values) => new(name, DType.Float32, shape, values.Length, new Singles(values));

    private static byte[] Bytes(TensorEntry tensor)
    {
        var bytes = new byte[tensor.Elements * tensor.DType.ItemSize()];
        tensor.Data!.CopyElements(0, bytes);
        return bytes;
    }

    private static double[] Values(TensorEntry tensor)
    {
        var values = new double[tensor.Elements];
        TensorNumbers.Decode(tensor.DType, Bytes(tensor), values);
        return values;
    }

    private sealed class Singles(float[] values) : ITensorData
    {
        public void CopyElements(long first, Span<byte> destination)
            => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan((int)first)).Slice(0, destination.Length).CopyTo(destination);
    }
}
