using System.IO.Compression;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using System.Text;
using ModelGate.ModelRuns;

namespace ModelGate.Torch.Tests.Steps;

/// <summary>Whose fault it is that a step cannot be done.</summary>
public sealed partial class RefusalsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("modelgate-torch-");

    [TorchFact]
    public void A_graph_that_the_runtime_refuses_is_a_fault_of_the_model()
    {
        var graph = File.ReadAllBytes(Fixture.PathOf("onnx", "net.onnx"));
        var at = graph.AsSpan().IndexOf((ReadOnlySpan<byte>)[(4 << 3) | 2, 4, .. "Conv"u8]);
        "Cnov"u8.CopyTo(graph.AsSpan(at + 2));
        File.WriteAllBytes(PathOf("net.onnx"), graph);

        var answer = Fixture.Do(new(PathOf("net.onnx"), ModelRunFormat.Onnx), new ModelRunStep.Load())[0];

        (answer.Ok, answer.IsOfProgram).Should().Be((false, true), answer.Problem);
        answer.Problem.Should().Contain("Cnov");
    }

    [TorchFact]
    public void So_is_a_program_that_cannot_be_compiled()
    {
        var file = PathOf("gain.pt");
        File.Copy(Fixture.PathOf("torchscript", "gain.pt"), file);
        using (var archive = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            var code = archive.Entries.First(e => e.FullName.EndsWith(".py", StringComparison.Ordinal));
            using var text = code.Open();
            text.SetLength(0);
            text.Write("class ]"u8);
        }

        var answer = Fixture.Do(new(file, ModelRunFormat.TorchScript), new ModelRunStep.Load())[0];

        (answer.Ok, answer.IsOfProgram).Should().Be((false, true), answer.Problem);
    }

    // The graph declares mel as [batch, 3, frames] of binary32.
    [TorchTheory]
    [InlineData("F32", "[1, 2, 5]", "the input mel has the shape [1, 2, 5], and the model takes [any, 3, any]")]
    [InlineData("F32", "[3, 5]", "the input mel has the shape [3, 5], and the model takes [any, 3, any]")]
    [InlineData("I32", "[1, 3, 5]", "the input mel is Int32, and the model takes Float")]
    public void Inputs_that_do_not_fit_are_no_fault_of_the_model(string type, string shape, string sentence)
    {
        var count = shape.Trim('[', ']').Split(", ").Aggregate(4, (product, size) => product * int.Parse(size));
        var header = $$$"""{"mel":{"dtype":"{{{type}}}","shape":{{{shape}}},"data_offsets":[0,{{{count}}}]}}""";
        File.WriteAllBytes(PathOf("in.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header), .. new byte[count]]);

        var answer = Fixture.Do(new(Fixture.PathOf("onnx", "net.onnx"), ModelRunFormat.Onnx), new ModelRunStep.Run { Inputs = PathOf("in.safetensors") })[0];

        (answer.Ok, answer.IsOfProgram).Should().Be((false, null));
        answer.Problem.Should().Be(sentence);
    }

    [TorchFact]
    public void An_assembly_that_misses_another_is_named()
    {
        var absent = new PersistedAssemblyBuilder(new AssemblyName("Absent"), typeof(object).Assembly).DefineDynamicModule("Absent").DefineType("Absent.Part", TypeAttributes.Public);
        absent.CreateType();
        var lone = new PersistedAssemblyBuilder(new AssemblyName("Lone"), typeof(object).Assembly);
        lone.DefineDynamicModule("Lone").DefineType("Lone.Vocoder", TypeAttributes.Public, absent).CreateType();
        lone.Save(PathOf("Lone.dll"));
        var model = Fixture.Weights("module", "weights.pth", new() { Assembly = PathOf("Lone.dll"), Type = "Lone.Vocoder" });

        var answer = Fixture.Do(model, new ModelRunStep.Keys())[0];

        answer.Problem.Should().StartWith("Lone.dll cannot be used as it is: ").And.Contain("Absent").And.NotContain("at fault");
    }

    [TorchFact]
    public void ONNX_Runtime_is_told_to_send_nothing_in_words_that_it_knows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is that of Linux");
        Fixture.Do(new(Fixture.PathOf("onnx", "net.onnx"), ModelRunFormat.Onnx), new ModelRunStep.Load())[0].Ok.Should().BeTrue();

        Marshal.PtrToStringUTF8(getenv("ORT_DISABLE_TELEMETRY")).Should().Be("1");
        var library = File.ReadAllLines("/proc/self/maps").First(l => l.EndsWith("libonnxruntime.so", StringComparison.Ordinal));
        File.ReadAllBytes(library[library.IndexOf('/', StringComparison.Ordinal)..]).AsSpan().IndexOf("ORT_DISABLE_TELEMETRY\0"u8).Should().BePositive();
    }

    public void Dispose() => folder.Delete(recursive: true);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getenv(string name);

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}
