using System.Globalization;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Signals.Weights;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>An inspection for people: folded names, totals by module, metadata, imports.</summary>
internal static class ConsoleInspection
{
    private const int MostMetadata = 40;
    private const int MostMetrics = 200;

    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static void Write(Inspection inspection, IAnsiConsole console, IReadOnlyDictionary<TensorEntry, TensorStatistics?>? measured)
    {
        var format = inspection.Artifact?.Format ?? inspection.Fault?.Format ?? "unknown format";
        console.Write(new Text(inspection.Path.Value, Bold));
        console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"  {format}, {Count(inspection.Bytes, "byte")}\n")));
        switch (inspection.Artifact)
        {
            case Checkpoint checkpoint:
                Write(checkpoint, console, measured);
                break;
            case PickledData data:
                foreach (var line in data.Outline)
                {
                    WriteLine(console, $"  {line}");
                }

                break;
            case AudioClip clip:
                console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"  {clip.Encoding}, {clip.SampleRate} Hz, {clip.Channels} channel(s), {clip.Frames} frames, {clip.Seconds:0.###} s\n")));
                break;
            case TrainingLog log:
                Write(log, console);
                break;
            case Metrics metrics:
                Write(metrics, console);
                break;
            case RunReport { Record: var record }:
                console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"  a report: {VerdictLine.Word(record.Verdict)}, {SafeText.Count(record.Results.Count, "result")}\n")));
                break;
            case Baseline baseline:
                console.Write(new Text($"  a baseline: {SafeText.Count(baseline.Models.Sum(m => m.Values.Count), "number")} of {SafeText.Count(baseline.Models.Count, "model")}\n"));
                break;
            case KeyManifest manifest:
                WriteFolded(console, manifest.Keys, k => k.Key, k => Shape(k.Value.Shape) + (k.Value.DType is { } d ? " " + d : ""));
                break;
        }

        WriteGlobals(console, inspection);
        if (WeightsOnly.Answer(inspection) is { IsEmpty: false } answer)
        {
            console.Write(new Text($"  {answer}\n"));
        }

        foreach (var warning in (inspection.Artifact?.Warnings ?? []).Concat(inspection.Notes))
        {
            console.Write(new Text($"  note: {warning}\n", new Style(Color.Yellow)));
        }

        foreach (var (id, message) in InspectionFindings.Of(inspection))
        {
            console.Write(new Text($"  {id} {message}\n", new Style(Color.Red)));
        }
    }

    private static void Write(Checkpoint checkpoint, IAnsiConsole console, IReadOnlyDictionary<TensorEntry, TensorStatistics?>? measured)
    {
        var path = checkpoint.StateDict.Length == 0 ? "the root" : SafeText.From(checkpoint.StateDict).Value;
        console.Write(new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"  state_dict in {path}: {Count(checkpoint.Weights.Count, "tensor")}, {Count(checkpoint.Weights.Values.Sum(t => (decimal)t.Elements), "element")}\n\n")));
        if (measured is not null)
        {
            console.Write(new Text($"  {StatisticsSummary.Of(measured.Select(m => (m.Key, m.Value))).Sentence}\n\n"));
        }

        foreach (var module in checkpoint.Tensors.GroupBy(t => Module(t.Name, checkpoint.StateDict), StringComparer.Ordinal))
        {
            console.Write(new Text(SafeText.From(module.Key).Value, Bold));
            console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"  {Count(module.Count(), "tensor")}, {Count(module.Sum(t => (decimal)t.Elements), "element")}\n"), Dim));
            if (measured is not null)
            {
                WriteStatistics(console, module, measured);
            }
            else
            {
                WriteFolded(console, module, t => t.Name, t => $"{Shape(t.Shape)} {t.DType.Name()}");
            }
        }

        if (checkpoint.Metadata.Count > 0)
        {
            console.WriteLine();
            foreach (var (key, value) in checkpoint.Metadata.Take(MostMetadata))
            {
                console.Write(new Text($"  {SafeText.From(key)} = {Describe(value)}\n"));
            }

            if (checkpoint.Metadata.Count > MostMetadata)
            {
                console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"  and {checkpoint.Metadata.Count - MostMetadata} more\n"), Dim));
            }
        }
    }

    private static void Write(TrainingLog log, IAnsiConsole console)
    {
        var grid = new Grid().AddColumns(5);
        foreach (var series in log.Series.Where(s => s.Points.Count > 0))
        {
            grid.AddRow(
                new Text("  " + SafeText.From(series.Name)),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{SafeText.Count(series.Points.Count, "point")}")),
                new Text(string.Create(CultureInfo.InvariantCulture, $"steps {series.Points[0].Step} to {series.Points[^1].Step}")),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{series.Points[0].Value:G6} to {series.Points[^1].Value:G6}")),
                new Text(string.Create(CultureInfo.InvariantCulture, $"lowest {series.Points.Min(p => p.Value):G6}"), Dim));
        }

        console.Write(grid);
        var epoch = log.Epoch is { } number ? string.Create(CultureInfo.InvariantCulture, $"epoch {number}") : "";
        var saved = log.Saved is [.., var latest] ? $"saved last: {SafeText.From(latest.FileName)}" : "";
        if (epoch.Length + saved.Length > 0)
        {
            WriteLine(console, $"  {string.Join(", ", ((string[])[epoch, saved]).Where(t => t.Length > 0))}");
        }

        foreach (var kind in log.Events.GroupBy(e => e.Kind))
        {
            var more = kind.Count() > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {kind.Count() - 1} more") : "";
            WriteLine(console, $"  {Word(kind.Key)}: {SafeText.From(kind.First().Text, 120)}{more}");
        }
    }

    private static string Word(LogEventKind kind) => kind switch
    {
        LogEventKind.Loaded => "loaded",
        LogEventKind.AllKeysMatched => "matched",
        LogEventKind.KeyNotLoaded => "not loaded",
        LogEventKind.GradientOverflow => "gradient overflow",
        _ => "finished",
    };

    private static void Write(Metrics metrics, IAnsiConsole console)
    {
        foreach (var (name, metric) in metrics.ByName.Take(MostMetrics))
        {
            var series = metric.Values.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {metric.Values.Count} values, {metric.Values.Min():G6} to {metric.Values.Max():G6}");
            WriteLine(console, string.Create(CultureInfo.InvariantCulture, $"  {SafeText.From(name)} = {metric.Value:R}{series}"));
        }

        if (metrics.ByName.Count > MostMetrics)
        {
            WriteLine(console, string.Create(CultureInfo.InvariantCulture, $"  and {metrics.ByName.Count - MostMetrics} more: --format json lists all"));
        }
    }

    private static void WriteStatistics(IAnsiConsole console, IEnumerable<TensorEntry> tensors, IReadOnlyDictionary<TensorEntry, TensorStatistics?> measured)
    {
        foreach (var tensor in tensors)
        {
            var line = measured[tensor] is not { } s
                ? "no statistics"
                : string.Create(CultureInfo.InvariantCulture, $"min {s.Minimum:G5} max {s.Maximum:G5} mean {s.Mean:G5} std {s.StandardDeviation:G5}{(s.NaN > 0 ? $" NaN {s.NaN}" : "")}{(s.Infinite > 0 ? $" Inf {s.Infinite}" : "")}");
            WriteLine(console, $"  {SafeText.From(tensor.Name)} {Shape(tensor.Shape)} {tensor.DType.Name()}  {line}");
        }
    }

    private static void WriteFolded<T>(IAnsiConsole console, IEnumerable<T> items, Func<T, string> nameOf, Func<T, string> detailOf)
    {
        foreach (var group in FoldedNames.Fold(items, nameOf, detailOf))
        {
            var count = group.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" x{group.Count}") : "";
            WriteLine(console, $"  {SafeText.From(group.Pattern)} {group.Detail}{count}");
        }
    }

    // Thousands of lines without style: laying each out would take longer than reading all weights, and a terminal breaks long lines by itself.
    private static void WriteLine(IAnsiConsole console, string line)
    {
        var writer = console.Profile.Out.Writer;
        writer.Write(line);
        writer.Write('\n');
    }

    private static void WriteGlobals(IAnsiConsole console, Inspection inspection)
    {
        if (inspection.Globals.Count == 0)
        {
            return;
        }

        console.WriteLine();
        foreach (var global in inspection.Globals)
        {
            var style = global.Verdict switch
            {
                GlobalVerdict.Allowed => Dim,
                GlobalVerdict.Unknown => new Style(Color.Yellow),
                _ => new Style(Color.Red, decoration: Decoration.Bold),
            };
            console.Write(new Text(
                string.Create(CultureInfo.InvariantCulture, $"  imports {SafeText.From(global.Name)} x{global.Count}: {global.Verdict.ToString().ToLowerInvariant()}\n"), style));
        }
    }

    // Two parts below the state_dict's container name a module well: model.enc_p, optimizer.state.
    private static string Module(string name, string stateDict)
    {
        var inside = stateDict.Length > 0 && name.StartsWith(stateDict + ".", StringComparison.Ordinal) ? stateDict.Length + 1 : 0;
        var end = name.IndexOf('.', inside);
        return end < 0 ? (inside > 0 ? stateDict : name) : name[..end];
    }

    private static string Shape(IReadOnlyList<long> shape) => "[" + string.Join(", ", shape.Select(s => s.ToString(CultureInfo.InvariantCulture))) + "]";

    private static SafeText Describe(MetadataValue value) => value switch
    {
        MetadataValue.Bool truth => SafeText.From(truth.Value ? "True" : "False"),
        MetadataValue.Integer number => SafeText.Of($"{number.Value}"),
        MetadataValue.Real number => SafeText.Of($"{number.Value:R}"),
        MetadataValue.Text text => SafeText.Of($"\"{text.Value}\""),
        MetadataValue.List list => SafeText.Of($"[{SafeText.Join(", ", list.Items.Take(24).Select(Describe))}]"),
        MetadataValue.Opaque opaque => SafeText.Of($"<{opaque.Description}>"),
        _ => SafeText.From("None"),
    };

    private static string Count(decimal count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
