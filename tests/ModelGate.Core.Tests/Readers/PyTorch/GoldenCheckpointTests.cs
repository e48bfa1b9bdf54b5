using System.Globalization;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Readers.PyTorch;

public class GoldenCheckpointTests
{
    public static TheoryData<string> Names => [.. Fixture.Checkpoints()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_tensor_has_the_name_dtype_and_shape_that_PyTorch_gives_it(string name)
    {
        var expected = Fixture.Expected(name).Select(e => $"{e.Key} {Text(e.Value, "dtype")} [{string.Join(",", Shape(e.Value))}]");

        var found = Fixture.Checkpoint(name).Tensors.Select(t => $"{t.Name} {t.DType.Name()} [{string.Join(",", t.Shape)}]");

        found.Should().BeEquivalentTo(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_statistic_agrees_with_PyTorch_to_a_millionth(string name)
    {
        var tensors = Fixture.Checkpoint(name).Tensors.ToDictionary(t => t.Name);
        foreach (var (key, expected) in Fixture.Expected(name).Where(e => e.Value.TryGetProperty("nan", out _)))
        {
            var found = TensorStatistics.Measure(tensors[key], TestContext.Current.CancellationToken);

            found.Should().NotBeNull(key);
            found!.NaN.Should().Be(expected.GetProperty("nan").GetInt64(), key);
            found.Infinite.Should().Be(expected.GetProperty("inf").GetInt64(), key);
            Agree(found.Minimum, expected, "min", key);
            Agree(found.Maximum, expected, "max", key);
            Agree(found.Mean, expected, "mean", key);
            Agree(found.StandardDeviation, expected, "std", key);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_listed_value_is_read(string name)
    {
        var tensors = Fixture.Checkpoint(name).Tensors.ToDictionary(t => t.Name);
        foreach (var (key, expected) in Fixture.Expected(name).Where(e => e.Value.TryGetProperty("values", out _) && TensorNumbers.PerElement(tensors[e.Key].DType) == 1))
        {
            var wanted = expected.GetProperty("values").EnumerateArray().Select(Number).ToArray();

            var found = Values(tensors[key]);

            found.Should().HaveCount(wanted.Length);
            foreach (var (i, value) in wanted.Index())
            {
                (double.IsNaN(value) ? double.IsNaN(found[i]) : found[i] == value || Math.Abs(found[i] - value) <= 1e-6 * Math.Abs(value))
                    .Should().BeTrue($"{key}[{i}] is {value}, not {found[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_honest_file_is_called_dangerous(string name)
        => Fixture.Checkpoint(name).Globals.Should().NotContain(g => g.Verdict == GlobalVerdict.Dangerous);

    [Theory]
    [InlineData("torch2/weights_path.pth", "")]
    [InlineData("torch2/train.pth", "model")]
    [InlineData("torch2/export.pth", "weight")]
    [InlineData("torch2/trainer_full.pth", "generator")]
    [InlineData("torch1/trainer.ckpt", "state_dict")]
    [InlineData("torch1/ddp.pth", "model_state_dict")]
    [InlineData("torch2/whole_module.pth", "")]
    [InlineData("torch2/whole_module_in_dict.pth", "model")]
    public void The_state_dict_is_found(string name, string path) => Fixture.Checkpoint(name).StateDict.Should().Be(path);

    [Fact]
    public void Scalars_beside_the_tensors_become_metadata()
    {
        var checkpoint = Fixture.Checkpoint("torch2/trainer_full.pth");

        checkpoint.Find("step").Should().Be(new MetadataValue.Integer(3400));
        checkpoint.Find("best_score").Should().Be(new MetadataValue.Real(0.7312));
        checkpoint.Find("args.lr").Should().Be(new MetadataValue.Real(0.0002));
        checkpoint.Find("note").Should().Be(new MetadataValue.Text("läuft"));
        checkpoint.Find("big").Should().Be(new MetadataValue.Text("1208925819614629174706176"));
        checkpoint.Find("phase").Should().Be(new MetadataValue.Opaque("__main__.Phase"));
        checkpoint.Find("optimizers.0.param_groups.0.lr").Should().Be(new MetadataValue.Real(0.0001998));
        checkpoint.Find("optimizers.0.param_groups.0.eps").Should().BeNull();
    }

    [Theory]
    [InlineData("torch2/weights_skipped.pth")]
    [InlineData("torch2/weights_fake.pth")]
    public void A_file_saved_without_values_says_so(string name)
    {
        var checkpoint = Fixture.Checkpoint(name);

        checkpoint.Tensors.Should().OnlyContain(t => t.Data == null);
        checkpoint.Warnings.Should().ContainSingle(w => w.Value.EndsWith("storages were saved without their values"));
    }

    [Fact]
    public void A_file_without_checksums_is_read_with_a_warning()
        => Fixture.Checkpoint("torch2/weights_no_crc.pth").Warnings.Select(w => w.Value).Should().Equal("the archive has no checksums");

    private static double[] Values(TensorEntry tensor)
    {
        var bytes = new byte[tensor.Elements * tensor.DType.ItemSize()];
        tensor.Data!.CopyElements(0, bytes);
        var numbers = new double[tensor.Elements];
        TensorNumbers.Decode(tensor.DType, bytes, numbers);
        if (tensor.Data is IQuantizedData quantized)
        {
            new Dequantizer(quantized.Quantization, tensor.Shape).Apply(0, numbers);
        }

        return numbers;
    }

    private static void Agree(double? found, JsonElement expected, string statistic, string key)
    {
        if (!expected.TryGetProperty(statistic, out var value))
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            found.Should().BeNull($"{statistic} of {key}");
        }
        else
        {
            found.Should().BeApproximately(value.GetDouble(), (1e-6 * Math.Abs(value.GetDouble())) + 1e-15, $"{statistic} of {key}");
        }
    }

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetString() switch
        {
            "nan" or "NaN" => double.NaN,
            "inf" or "Infinity" => double.PositiveInfinity,
            "-inf" or "-Infinity" => double.NegativeInfinity,
            var text => double.Parse(text!, CultureInfo.InvariantCulture),
        },
    };

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static IEnumerable<long> Shape(JsonElement element) => element.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64());
}
