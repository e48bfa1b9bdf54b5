using System.Globalization;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Logs;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.Mlflow;

/// <summary>Reads a metric of MLflow's file store: a line a value, with the time in milliseconds, the value and the step.</summary>
/// <remarks>
/// https://github.com/mlflow/mlflow/blob/master/mlflow/store/tracking/file_store.py. The metric has the name of the file below <c>metrics</c>: <c>metrics/val/loss</c> holds <c>val/loss</c>.
/// </remarks>
[Reader(ReaderAttribute.ByStructure + 22)]
internal sealed class MetricFileReader : ArtifactReader
{
    private const string Folder = "/metrics/";

    // Milliseconds from 2001 to 2286.
    private const int TimeDigits = 13;

    /// <inheritdoc/>
    public override string Format => "mlflow-metric";

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        return TryRead(Encoding.ASCII.GetString(end < 0 ? head[..Math.Min(head.Length, 256)] : head[..end]), out _, out _, out _);
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var lines = new TextLines(source, budget);
        var log = new TrainingLogBuilder(budget);
        var series = log.Series(NameOf(request));
        var (first, notUnderstood) = ((long?)null, 0L);
        foreach (var line in lines.Read())
        {
            if (TryRead(line, out var time, out var value, out var step))
            {
                first ??= time;
                budget.Step();
                log.Add(series, step, value);
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                notUnderstood++;
                log.Pass(line);
            }
        }

        if (first is not { } written)
        {
            throw new ArtifactFault(FaultReason.NoLosses, SafeText.Of($"the file holds no value of the metric"));
        }

        return log.Build(Format, new Dictionary<string, MetadataValue>(), [
            .. LineWarnings.Of(lines),
            .. notUnderstood == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(notUnderstood, "line is", "lines are")} not a time, a value and a step")],
        ]) with { WrittenFrom = DateTimeOffset.FromUnixTimeMilliseconds(written), NotUnderstood = notUnderstood };
    }

    // Versions of a metric that belong to a data set or a logged model have more words behind the step.
    private static bool TryRead(ReadOnlySpan<char> line, out long time, out double value, out long step)
    {
        (time, value, step) = (0, 0, 0);
        line = line.TrimEnd();
        var first = line.IndexOf(' ');
        if (first != TimeDigits || !long.TryParse(line[..first], NumberStyles.None, CultureInfo.InvariantCulture, out time))
        {
            return false;
        }

        line = line[(first + 1)..];
        var second = line.IndexOf(' ');
        if (second < 1 || !TryReadValue(line[..second], out value))
        {
            return false;
        }

        line = line[(second + 1)..];
        var third = line.IndexOf(' ');
        return long.TryParse(third < 0 ? line : line[..third], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out step);
    }

    private static bool TryReadValue(ReadOnlySpan<char> text, out double value)
        => NumberWords.TryParse(text, out value)
            || double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);

    private static string NameOf(ReadRequest request)
    {
        var place = "/" + request.Place;
        var at = place.LastIndexOf(Folder, StringComparison.Ordinal);
        return at >= 0 ? place[(at + Folder.Length)..] : request.Name.Length > 0 ? request.Name : "metric";
    }
}
