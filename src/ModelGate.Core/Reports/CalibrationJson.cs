using System.Text.Json.Serialization;
using ModelGate.Evaluation.Calibrating;
using ModelGate.Runs.Json;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Reports;

/// <summary>A calibration for scripts.</summary>
internal static class CalibrationJson
{
    private const string Writer = "modelgate";
    private const string SchemaVersion = "1";

    /// <summary>Writes a calibration as UTF-8.</summary>
    public static void Write(Calibration calibration, Stream output)
        => JsonText.Write(output, Document(calibration), CalibrationDocumentContext.Default.CalibrationDocument);

    private static CalibrationDocument Document(Calibration calibration) => new(
        Writer,
        SchemaVersion,
        calibration.Worth.ToString().ToLowerInvariant(),
        [.. calibration.Limits.Select(Document)],
        Document(calibration.FalseAlarms),
        Document(calibration.Caught),
        calibration.HeldOut is { } held ? new HeldOutDocument(held.Blocks, Document(held.FalseAlarms), Document(held.Caught)) : null,
        [.. calibration.Missed.Select(f => SafeText.From(f.Path, int.MaxValue).Value)],
        [.. calibration.Good.Where(f => !LimitSet.IsKeptBy(calibration.Limits, f)).Select(f => SafeText.From(f.Path, int.MaxValue).Value)],
        [.. calibration.Separations.Select(Document)],
        [.. calibration.Confounders.Select(Document)],
        [.. calibration.Useless.Select(s => s.Best.Signal.Name), .. calibration.Constant.Concat(calibration.Lacking).Select(s => s.Name)],
        [.. calibration.Copies.Select(c => SafeText.From(c.Copy, int.MaxValue).Value)]);

    private static LimitDocument Document(CalibratedLimit limit)
        => new(limit.Signal.Name, limit.Signal.Unit, limit.Requirement.Relation == Runs.Relation.AtMost ? "at-most" : "at-least", limit.Requirement.Limit, limit.Chance, limit.IsSupported);

    private static SeparationDocument Document(Separation separation)
        => new(Document(separation.Best), Document(separation.FalseAlarms), Document(separation.Misses), separation.Area, separation.BadWithoutValue, separation.Good, separation.Bad);

    private static ProportionDocument Document(Proportion proportion) => new(proportion.Count, proportion.Of, proportion.Interval.Low, proportion.Interval.High);
}

/// <summary>A calibration as it is written.</summary>
internal sealed record CalibrationDocument(
    string Writer,
    string SchemaVersion,
    string Worth,
    IReadOnlyList<LimitDocument> Limits,
    ProportionDocument FalseAlarms,
    ProportionDocument Caught,
    HeldOutDocument? HeldOut,
    IReadOnlyList<string> Missed,
    IReadOnlyList<string> Stopped,
    IReadOnlyList<SeparationDocument> Signals,
    IReadOnlyList<SeparationDocument> Confounders,
    IReadOnlyList<string> WithoutSeparation,
    IReadOnlyList<string> Copies);

/// <summary>A limit.</summary>
internal sealed record LimitDocument(string Signal, string Unit, string Relation, double Limit, double Chance, bool Supported);

/// <summary>A count among others, with the interval of its rate at 95 %.</summary>
internal sealed record ProportionDocument(int Count, int Of, double Low, double High);

/// <summary>What the limits are worth on files that had no part in choosing them.</summary>
internal sealed record HeldOutDocument(int Blocks, ProportionDocument FalseAlarms, ProportionDocument Caught);

/// <summary>How one signal parts the files.</summary>
internal sealed record SeparationDocument(
    LimitDocument Best,
    ProportionDocument FalseAlarms,
    ProportionDocument Misses,
    double Area,
    int BadWithoutValue,
    IReadOnlyList<double> Good,
    IReadOnlyList<double> Bad);

/// <summary>Writes the documents without reflection, which a native program does not have.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CalibrationDocument))]
internal sealed partial class CalibrationDocumentContext : JsonSerializerContext;
