using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Readers;

/// <summary>Golden files with the statistics that their makers computed beside them.</summary>
internal static class GoldenTensors
{
    /// <summary>Every file of a folder that is to be read, or that is to be refused.</summary>
    public static TheoryData<string> Files(string folder, bool refused)
        => [.. Description(folder).EnumerateObject().Where(f => (f.Value.TryGetProperty("refused", out _) || f.Value.TryGetProperty("fault", out _)) == refused).Select(f => f.Name)];

    /// <summary>What the makers say of a file.</summary>
    public static JsonElement Description(string folder, string file) => Description(folder).GetProperty(file);

    /// <summary>Reads a file with those beside it.</summary>
    public static Checkpoint Read(string path)
    {
        var full = Fixture.PathOf(path);
        using var folder = Workspace.Beside(full);
        using var source = FileByteSource.Open(full);
        var read = (Checkpoint)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)) { Folder = folder });

        // Measured while the files are open; what was measured stays.
        foreach (var tensor in read.Tensors)
        {
            Measured.AddOrUpdate(tensor, new Measurement(TensorStatistics.Measure(tensor)));
        }

        return read;
    }

    /// <summary>Compares names, shapes, types and statistics with what the makers computed.</summary>
    public static void ShouldAgree(this Checkpoint found, IReadOnlyDictionary<string, JsonElement> expected, params string[] listedOnly)
    {
        found.Tensors.Select(t => $"{t.Name} {t.DType.Name()} [{string.Join(",", t.Shape)}]").Should().BeEquivalentTo(
            expected.Select(e => $"{e.Key} {e.Value.GetProperty("dtype").GetString()} [{string.Join(",", e.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64()))}]"));
        foreach (var tensor in found.Tensors)
        {
            var wanted = expected[tensor.Name];
            if (!wanted.TryGetProperty("nan", out var nan) || listedOnly.Contains(tensor.DType.Name()))
            {
                continue;
            }

            var statistics = Measured.TryGetValue(tensor, out var measured) ? measured.Statistics : TensorStatistics.Measure(tensor);
            statistics.Should().NotBeNull(tensor.Name);
            statistics!.NaN.Should().Be(nan.GetInt64(), tensor.Name);
            statistics.Infinite.Should().Be(wanted.GetProperty("inf").GetInt64(), tensor.Name);
            Agree(statistics.Minimum, wanted, "min", tensor.Name);
            Agree(statistics.Maximum, wanted, "max", tensor.Name);
            Agree(statistics.Mean, wanted, "mean", tensor.Name);
            Agree(statistics.StandardDeviation, wanted, "std", tensor.Name);
        }
    }

    /// <summary>The tensors that the makers list for a file.</summary>
    public static Dictionary<string, JsonElement> Expected(string folder, string file)
    {
        var path = Fixture.PathOf($"{folder}/tensors/{file.Replace("/", "__")}.json");
        return File.Exists(path) ? JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) : [];
    }

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<TensorEntry, Measurement> Measured = [];

    private static JsonElement Description(string folder)
        => JsonDocument.Parse(File.ReadAllText(Fixture.PathOf($"{folder}/files.expected.json"))).RootElement.GetProperty("files");

    private static void Agree(double? found, JsonElement expected, string statistic, string name)
    {
        if (!expected.TryGetProperty(statistic, out var value))
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            found.Should().BeNull($"{statistic} of {name}");
        }
        else
        {
            found.Should().BeApproximately(value.GetDouble(), (1e-6 * Math.Abs(value.GetDouble())) + 1e-15, $"{statistic} of {name}");
        }
    }

    private sealed record Measurement(TensorStatistics? Statistics);
}
