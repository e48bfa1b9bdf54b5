using ModelGate.Runs;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Weights;

/// <summary>The rows of the tables that show a model beside one that works.</summary>
internal static class ReferenceTable
{
    /// <summary>What both say of themselves; what neither does has no row.</summary>
    public static IEnumerable<TableRow> Rows(ReferenceComparison found) => All(found).Where(r => r.Cells.Skip(1).Any(c => !c.IsEmpty));

    private static IEnumerable<TableRow> All(ReferenceComparison found)
    {
        var (own, other) = (found.Facts, found.ReferenceFacts);
        yield return Row("file", SafeText.From(found.Own.FileName), SafeText.From(found.Reference.FileName));
        yield return Row("bytes", SafeText.Of($"{own.Bytes}"), SafeText.Of($"{other.Bytes}"));
        yield return Row("weights", SafeText.Of($"{own.Weights}"), SafeText.Of($"{other.Weights}"));
        yield return Row("names of weights", SafeText.Of($"{found.Names.Count + found.Additional.Count}"), SafeText.Of($"{found.Names.Count + found.Missing.Count}"), found.Missing.Count + found.Additional.Count > 0);
        yield return Row("items of config", Of(own.ConfigLength), Of(other.ConfigLength), own.ConfigLength is { } length && other.ConfigLength is { } wanted && length != wanted);
        yield return Row("sample rate in Hz", Of((long?)own.SampleRate), Of((long?)other.SampleRate));
        yield return Row("version", SafeText.From(own.Version, 40), SafeText.From(other.Version, 40));
        yield return Row("pitch", SafeText.From(own.Pitch, 40), SafeText.From(other.Pitch, 40));
        yield return Row("info", SafeText.From(own.Info, 60), SafeText.From(other.Info, 60));
        yield return Row("epoch", Of(own.Epoch), Of(other.Epoch));
    }

    /// <summary>A matrix of both.</summary>
    public static TableRow Row(LayerDistance layer, bool isUnlike) => new(
        [
            SafeText.From(layer.Name), Number(layer.Own.Mean), Number(layer.Own.StandardDeviation), Number(layer.Other.Mean), Number(layer.Other.StandardDeviation),
            SafeText.Of($"{layer.Octaves:0.00}"), SafeText.Of($"{layer.Deviations:0.00}"),
        ],
        isUnlike);

    private static TableRow Row(string name, SafeText own, SafeText other, bool isWrong = false) => new([SafeText.From(name), own, other], isWrong);

    private static SafeText Of(long? number) => number is { } value ? SafeText.Of($"{value}") : SafeText.Empty;

    private static SafeText Number(double? value) => SafeText.From(NumberText.Of(value!.Value));
}
