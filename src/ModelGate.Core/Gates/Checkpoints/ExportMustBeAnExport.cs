using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;
using ModelGate.Trainers;

namespace ModelGate.Gates.Checkpoints;

/// <summary>The exported model holds what inference needs and nothing that only training needs.</summary>
[GateId("MG2004")]
internal sealed class ExportMustBeAnExport : FileGate<ExportContent, ExportMustBeAnExport.Options>
{
    private const int MostNamed = 3;

    /// <summary>What an export has and has not.</summary>
    public sealed record Options
    {
        /// <summary>Fields that inference reads beside the weights, such as "config" of RVC; none by default.</summary>
        public IReadOnlyList<string> Fields { get; init; } = [];

        /// <summary>Beginnings of the names of weights that only training needs; by default those of the known trainers, such as the posterior encoder of VITS and RVC.</summary>
        public IReadOnlyList<string> TrainingOnly { get; init; } = TrainerCatalogue.Unknown.TrainingOnly;

        /// <summary>Beginnings of the names of weights that belong to a discriminator.</summary>
        public IReadOnlyList<string> Discriminators { get; init; } = ["discriminator.", "net_d.", "netD.", "mpd.", "msd.", "model_d."];
    }

    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Model;

    /// <inheritdoc/>
    protected override Measure<ExportContent> Measure(Options options) => new ExportContentMeasure();

    /// <inheritdoc/>
    protected override Judgement Judge(RoleFile file, ExportContent result, Options options)
    {
        if (result.Weights.Count == 0)
        {
            return Judgement.Nothing(SafeText.Of($"{file.Path} holds no weights"));
        }

        var findings = new List<Finding>();
        if (result.Training is [var entry, ..])
        {
            findings.Add(new Finding(SafeText.Of($"{file.Path} holds the state of an optimizer ({SafeText.From(entry)}): it is a checkpoint of the training and not an export"))
            {
                Remedy = SafeText.Of($"Export the model with the trainer's own tool; a checkpoint is about three times as large, and programs that convert do not read it."),
            });
        }

        Add(options.TrainingOnly, "that only training needs", "Export it with the trainer's own tool, which leaves them out.");
        Add(options.Discriminators, "of a discriminator", "Export the generator alone.");
        var missing = options.Fields.Where(f => !result.Fields.Contains(f)).ToArray();
        if (missing.Length > 0)
        {
            findings.Add(new Finding(SafeText.Of($"{file.Path} lacks {string.Join(", ", missing)}, which inference reads beside the weights"))
            {
                Remedy = SafeText.Of($"Export it with the trainer's own tool, which writes them."),
            });
        }

        return findings.Count > 0
            ? Judgement.Of(findings[0].Message, [], findings)
            : Judgement.Of(SafeText.Of($"{file.Path} is an export: {SafeText.Count(result.Weights.Count, "tensor")}, no optimizer, and nothing that only training needs"), [], []);

        void Add(IReadOnlyList<string> beginnings, string what, string remedy)
        {
            var names = result.Weights.Where(w => beginnings.Any(b => w.StartsWith(b, StringComparison.Ordinal))).ToArray();
            if (names.Length > 0)
            {
                findings.Add(new Finding(SafeText.Of($"{file.Path} holds {SafeText.Count(names.Length, "tensor")} {what}: {SafeText.Join(", ", names.Take(MostNamed).Select(n => SafeText.From(n)))}{(names.Length > MostNamed ? ", …" : "")}"))
                {
                    Remedy = SafeText.From(remedy),
                });
            }
        }
    }
}
