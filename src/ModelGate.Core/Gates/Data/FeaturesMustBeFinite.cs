using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>No file of features may hold NaN or infinity, stand still or be a copy of another, and all of them must be of the width that the model takes.</summary>
[GateId("MG6003")]
internal sealed class FeaturesMustBeFinite : Gate<FeaturesMustBeFinite.Options>
{
    private static readonly long[] UsualWidths = [256, 768];

    private static readonly DType[] Reals = [DType.Float16, DType.Float32, DType.Float64, DType.BFloat16];

    /// <summary>The width, and how many copies are let pass.</summary>
    public sealed record Options
    {
        /// <summary>The numbers of a frame; null by default, which takes 256 or 768, the same for all files of a folder.</summary>
        [Range(1, 65536)]
        public int? Width { get; init; }

        /// <summary>The share of a data set's files that may be copies of another, as those of recordings that are there twice are, from 0 to 1; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.02;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Features];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => DataSets.Of(files, ArtifactRole.Features);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Files.SelectMany(f => new[] { new Need(f, new FeatureFramesMeasure()), new Need(f, new ReadabilityMeasure()) });

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var files = subject.Files.Select(f => (Name: f.FileName, Folder: f.Path[..^f.FileName.Length], Frames: measured.Find(f, new FeatureFramesMeasure()), Problem: measured.Find(f, new ReadabilityMeasure())?.Problem ?? SafeText.Of($"it cannot be opened"))).ToArray();
        var arrays = files.Where(f => f.Frames is { Width: > 0, Rows: > 0 }).ToArray();

        // RVC keeps the features of both versions of its models, each in a folder of its own.
        var widths = arrays.GroupBy(f => f.Folder, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => options.Width ?? g.GroupBy(f => f.Frames!.Width).OrderByDescending(w => w.Count()).ThenBy(w => w.Key).First().Key, StringComparer.Ordinal);
        var usual = string.Join(" or ", widths.Values.Distinct().Order());
        var unreadable = files.Except(arrays).ToArray();
        var nonFinite = arrays.Where(f => f.Frames!.NonFinite > 0).ToArray();
        var constant = arrays.Where(f => f.Frames!.IsConstant).ToArray();
        var others = arrays.Where(f => f.Frames!.Width != widths[f.Folder]).ToArray();
        var whole = arrays.Where(f => !Reals.Contains(f.Frames!.ElementType)).ToArray();
        var copies = arrays.Except(constant).Where(f => f.Frames!.Digest.Length > 0).GroupBy(f => (f.Folder, f.Frames!.Digest)).Where(g => g.Skip(1).Any()).ToArray();
        var twice = copies.SelectMany(g => g.Skip(1).Select(f => (f.Name, Of: g.First().Name))).ToArray();
        var findings = new List<Finding>();
        if (nonFinite.Length > 0)
        {
            findings.Add(new Finding(SafeText.Of($"{Of(nonFinite.Length, files.Length)} NaN or infinity: {DataSets.List([.. nonFinite.Select(f => $"{f.Name} ({f.Frames!.NonFinite} of {f.Frames.Rows * f.Frames.Width})")])}"))
            {
                Remedy = SafeText.Of($"Make these features again in single precision; their network overflows in half precision on some graphics cards"),
            });
        }

        if (constant.Length > 0)
        {
            findings.Add(new Finding(SafeText.Of($"{Of(constant.Length, files.Length)} the same frame from beginning to end: {DataSets.List([.. constant.Select(f => f.Name)])}"))
            {
                Remedy = SafeText.Of($"Look at the recordings of these names, which may be silent, and make the features again"),
            });
        }

        if (others.Length > 0)
        {
            findings.Add(new Finding(SafeText.Of($"{Of(others.Length, files.Length)} frames of another width than {SafeText.From(usual)}: {DataSets.List([.. others.Select(f => f.Frames is { Rows: var rows, Width: var width } && UsualWidths.Contains(rows) ? $"{f.Name} ({rows} by {width}: read as {rows} frames of {width})" : $"{f.Name} ({f.Frames!.Width})")])}"))
            {
                Remedy = SafeText.Of($"Make all features with the network that the model is trained for: 256 numbers for version 1 models, 768 for version 2"),
            });
        }

        if (options.Width is null && widths.Values.Any(w => !UsualWidths.Contains(w)))
        {
            findings.Add(new Finding(SafeText.Of($"frames are {SafeText.From(usual)} wide, and models take 256 or 768"))
            {
                Remedy = SafeText.Of($"Set \"width\" where the model takes this width"),
            });
        }

        if (whole.Length > 0)
        {
            findings.Add(new Finding(SafeText.Of($"{Of(whole.Length, files.Length)} whole numbers: {DataSets.List([.. whole.Select(f => $"{f.Name} ({f.Frames!.ElementType.Name()})")])}"))
            {
                Remedy = SafeText.Of($"Make these features again, and save them as floating-point numbers: the fractions are lost"),
            });
        }

        if (twice.Length > options.Share * files.Length)
        {
            findings.Add(new Finding(SafeText.Of($"{Of(twice.Length, files.Length)} the numbers of another: {DataSets.List([.. twice.Select(f => $"{f.Name} (as {f.Of})")])}"))
            {
                Remedy = SafeText.Of($"Make these features again from their own recordings: each recording needs its own"),
            });
        }

        if (unreadable.Length > 0)
        {
            var first = unreadable[0];
            findings.Add(new Finding(SafeText.Of(
                $"{Of(unreadable.Length, files.Length)} no frames that can be read: {DataSets.List([.. unreadable.Select(f => f.Name)])}{(first.Problem.IsEmpty ? SafeText.Empty : SafeText.Of($"; {SafeText.From(first.Name)}: {first.Problem}"))}"))
            {
                Remedy = SafeText.Of($"Make these features again"),
            });
        }

        var unusable = nonFinite.Concat(constant).Concat(others).Concat(unreadable).Concat(whole).Select(f => f.Name).Concat(twice.Select(t => t.Name)).Distinct(StringComparer.Ordinal).Count();
        Measurement[] measurements = [UnusableFeatures.Info.Of(subject.Path, unusable) with { Required = new(Relation.AtMost, 0) }];
        return findings.Count == 0
            ? Judgement.Of(SafeText.Of($"features of {SafeText.Count(files.Length, "segment")} are finite and {SafeText.From(usual)} wide{SafeText.From(twice.Length > 0 ? $"; {twice.Length} of them {(twice.Length == 1 ? "is a copy" : "are copies")} of another, which the share allows" : "")}"), measurements, [])
            : Judgement.Of(SafeText.Join("; ", findings.Select(f => f.Message)), measurements, [.. findings.Select(f => f with { Evidence = measurements })]);
    }

    private static SafeText Of(int some, int all) => SafeText.Of($"{some} of {SafeText.Count(all, "file")} of features {SafeText.From(some == 1 ? "holds" : "hold")}");
}
