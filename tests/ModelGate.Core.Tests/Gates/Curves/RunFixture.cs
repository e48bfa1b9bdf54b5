using System.Globalization;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Curves;

/// <summary>A training of Fixtures/logs/runs: each log's series as its trainer wrote them, and the class that the one who trained it gave the curve.</summary>
internal sealed record RunFixture(string Tag, string? Class, IReadOnlyList<(string Path, TrainingLog Log)> Logs)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "logs", "runs");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    public static RunFixture Load(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
        var (curve, logs) = (document.RootElement.GetProperty("curve"), document.RootElement.GetProperty("logs"));
        return new RunFixture(curve.GetProperty("tag").GetString()!, curve.GetProperty("class").GetString(), [.. logs.EnumerateArray().Select(LogOf)]);
    }

    /// <summary>The logs, in their role.</summary>
    public GateRun Run() => Logs.Aggregate(new GateRun(), (run, log) => run.With(ArtifactRole.Log, log.Path, log.Log));

    private static (string Path, TrainingLog Log) LogOf(JsonElement log) => (
        log.GetProperty("file").GetString()!,
        new TrainingLog(
            log.GetProperty("format").GetString()!,
            [.. log.GetProperty("series").EnumerateObject().Select(s => new ScalarSeries(s.Name, [.. s.Value.EnumerateArray().Select(PointOf)]))],
            new Dictionary<string, MetadataValue>()));

    private static ScalarPoint PointOf(JsonElement point) => new(
        point[0].GetInt64(),
        point[1].ValueKind == JsonValueKind.Number ? point[1].GetDouble() : double.Parse(point[1].GetString()!, CultureInfo.InvariantCulture));
}
