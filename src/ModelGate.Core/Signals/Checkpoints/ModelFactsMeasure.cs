using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>What a model's file says of itself beside its weights.</summary>
internal sealed partial record ModelFactsMeasure : ContentMeasure<Checkpoint, ModelFacts>
{
    private const double LowestRate = 4000;

    /// <inheritdoc/>
    protected override ModelFacts Compute(FileStamp file, Checkpoint content, CancellationToken cancellation)
    {
        var progress = TrainingProgress.Of(file, content);
        var config = content.Find("config") as MetadataValue.List;
        var info = content.Find("info") is MetadataValue.Text { Value: var text } ? text : null;
        return new ModelFacts(file.Bytes, content.Weights.Values.Sum(t => t.Elements), config?.Items.Count, RateOf(content, config), info, Spelled(content.Find("version")), Spelled(content.Find("f0")))
        {
            Step = progress.Step,
            Epoch = progress.Epoch ?? (info is not null && EpochLabel().Match(info) is { Success: true } label ? long.Parse(label.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null),
        };
    }

    // RVC writes "48k", Applio 48000, and both the number as the last of config.
    private static double? RateOf(Checkpoint content, MetadataValue.List? config)
    {
        foreach (var value in new[] { content.Find("sr"), content.Find("sample_rate"), content.Find("sampling_rate"), config is { Items: [.., var last] } ? last : null })
        {
            var rate = value switch
            {
                MetadataValue.Integer integer => integer.Value,
                MetadataValue.Real real => real.Value,
                MetadataValue.Text { Value: var text } when ShortRate().Match(text) is { Success: true } match => 1000 * double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                _ => double.NaN,
            };
            if (rate >= LowestRate && double.IsFinite(rate))
            {
                return rate;
            }
        }

        return null;
    }

    private static string? Spelled(MetadataValue? value) => value switch
    {
        MetadataValue.Text text => text.Value,
        MetadataValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        MetadataValue.Bool truth => truth.Value ? "1" : "0",
        _ => null,
    };

    // What RVC writes in info at the end of a training.
    [GeneratedRegex(@"^(\d{1,9})epoch", RegexOptions.CultureInvariant)]
    private static partial Regex EpochLabel();

    [GeneratedRegex(@"^(\d{1,3}(?:\.\d{1,3})?)k$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ShortRate();
}

/// <summary>What a model's file says of itself beside its weights; null of what it does not say.</summary>
/// <param name="Bytes">The file's length.</param>
/// <param name="Weights">The number of its weights.</param>
/// <param name="ConfigLength">The number of items of the configuration that it carries.</param>
/// <param name="SampleRate">The sample rate in Hz.</param>
/// <param name="Info">Its label. Text from the file.</param>
/// <param name="Version">The version of its network. Text from the file.</param>
/// <param name="Pitch">Whether it takes a pitch. Text from the file.</param>
internal sealed record ModelFacts(long Bytes, long Weights, int? ConfigLength, double? SampleRate, string? Info, string? Version, string? Pitch)
{
    /// <summary>The training step; null where it is not known.</summary>
    public long? Step { get; init; }

    /// <summary>The epoch; null where it is not known.</summary>
    public long? Epoch { get; init; }
}
