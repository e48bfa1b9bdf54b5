using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Tests.Readers.Onnx;

public class GoldenOnnxTests
{
    public static TheoryData<string> Sound => GoldenTensors.Files("onnx", refused: false);

    public static TheoryData<string> Hurt => GoldenTensors.Files("onnx", refused: true);

    [Theory]
    [MemberData(nameof(Sound))]
    public void Every_number_agrees(string file)
    {
        var found = GoldenTensors.Read($"onnx/{file}");

        found.Format.Should().Be("onnx");

        // The makers could not read this one, and say whose values it has.
        found.ShouldAgree(file == "external/bad-twice.onnx"
            ? GoldenTensors.Expected("onnx", "external/model.onnx").Where(e => e.Key == "enc.weight").ToDictionary()
            : GoldenTensors.Expected("onnx", file));
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Versions_and_producer_agree(string file)
    {
        var expected = GoldenTensors.Description("onnx", file);
        if (!expected.TryGetProperty("irVersion", out var version))
        {
            return;
        }

        var found = GoldenTensors.Read($"onnx/{file}");

        found.Find("onnx.ir_version").Should().Be(new MetadataValue.Integer(version.GetInt64()));
        found.Find("onnx.producer_name").Should().Be(new MetadataValue.Text(expected.GetProperty("producer")[0].GetString()!));
        found.Find("onnx.producer_version").Should().Be(new MetadataValue.Text(expected.GetProperty("producer")[1].GetString()!));
        foreach (var set in expected.GetProperty("opsets").EnumerateObject())
        {
            found.Find(set.Name.Length == 0 ? "onnx.opset" : $"onnx.opset.{set.Name}").Should().Be(new MetadataValue.Integer(set.Value.GetInt64()));
        }
    }

    [Theory]
    [MemberData(nameof(Hurt))]
    public void A_hurt_file_is_refused(string file)
    {
        var reading = () => GoldenTensors.Read($"onnx/{file}");

        reading.Should().Throw<ArtifactFault>().Which.Should()
            .Match<ArtifactFault>(e => e.Format == "onnx" && (e.Reason.Code == "external-data") == file.StartsWith("external/"));
    }

    [Fact]
    public void Operators_that_nobody_defines_are_named()
    {
        var found = GoldenTensors.Read("onnx/custom-operator.onnx");

        found.Find("onnx.custom_operators").Should().BeOfType<MetadataValue.List>().Which.Items.Should().Equal(new MetadataValue.Text("ai.onnx.contrib.PyOp"));
        found.Warnings.Should().ContainSingle().Which.Value.Should().Contain("ai.onnx.contrib.PyOp");
    }

    [Fact]
    public void Operators_that_a_function_of_the_model_defines_are_not() => GoldenTensors.Read("onnx/nested.onnx").Find("onnx.custom_operators").Should().BeNull();

    [Fact]
    public void Tensors_in_branches_and_functions_are_counted() => GoldenTensors.Read("onnx/nested.onnx").Find("onnx.tensors_not_listed").Should().Be(new MetadataValue.Integer(4));
}
