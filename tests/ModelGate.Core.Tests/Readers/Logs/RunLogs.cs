using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers.Logs;

/// <summary>Logs of real trainings, and what their makers say of them.</summary>
internal static class RunLogs
{
    private const string Folder = "logs/runs/";

    public static JsonElement Expected { get; } = JsonDocument.Parse(Fixture.Bytes("logs/runs.expected.json")).RootElement;

    public static byte[] Bytes(string file) => Fixture.Bytes(Folder + file);

    public static string PathOf(string file) => Fixture.PathOf(Folder + file);

    public static TrainingLog Read(string file, ArtifactRole? role = ArtifactRole.Log) => Read(Bytes(file), file, role);

    public static TrainingLog Read(byte[] bytes, string file = "", ArtifactRole? role = ArtifactRole.Log, ReadLimits? limits = null) => (TrainingLog)ArtifactReaders.Read(
        new ReadRequest(new MemoryByteSource(bytes), new ReadBudget(limits ?? ReadLimits.Default)) { Name = file[(file.LastIndexOf('/') + 1)..], Place = file, Role = role });

    public static ScalarSeries Series(this TrainingLog log, string name) => log.Series.Single(s => s.Name == name);

    public static IEnumerable<string> Points(ScalarSeries series) => series.Points.Select(p => Text(p.Step, p.Value));

    /// <summary>Of a step that was logged twice the later value; ascending.</summary>
    public static IEnumerable<string> Points(JsonElement expected)
        => expected.EnumerateArray().Select(p => (Step: p[0].GetInt64(), Value: Number(p[1]))).GroupBy(p => p.Step).OrderBy(g => g.Key).Select(g => Text(g.Key, g.Last().Value));

    private static string Text(long step, double value) => FormattableString.Invariant($"{step} {value:R}");

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        _ => double.NegativeInfinity,
    };
}
