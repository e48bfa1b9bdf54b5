using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>The weights that training was to start from must have loaded, all of them.</summary>
[GateId("MG4004")]
internal sealed class WeightsMustHaveLoaded : RunGate<WeightsMustHaveLoaded.Options>
{
    private const int MostNamed = 5;

    // Trainers that write a line for each file that they load.
    private static readonly string[] Telling = ["rvc-log", "vits-log", "so-vits-svc-log", "whisper-vits-svc-log"];

    /// <inheritdoc/>
    protected override Judgement Judge(TrainingRun run, Subject subject, Options options)
    {
        var events = run.Log.Events;
        var loaded = events.Where(e => e.Kind == LogEventKind.Loaded).ToArray();
        var random = events.Where(e => e.Kind == LogEventKind.KeyNotLoaded && !options.Ignore.Any(i => e.Text.StartsWith(i, StringComparison.Ordinal))).Select(e => e.Text).Distinct(StringComparer.Ordinal).ToArray();
        var stated = Stated(run.Log.Hyperparameters);
        Measurement[] measurements = [KeysNotLoaded.Info.Of(run.Path, random.Length) with { Required = new Requirement(Relation.AtMost, 0) }];
        if (random.Length > 0)
        {
            var (names, more) = (SafeText.Join(", ", random.Take(MostNamed).Select(n => SafeText.From(n, 60))), random.Length > MostNamed ? SafeText.Of($" and {random.Length - MostNamed} more") : SafeText.Empty);
            var message = SafeText.Of($"{SafeText.Count(random.Length, "weight")} kept {(random.Length == 1 ? "its" : "their")} random start, because what was loaded does not hold {(random.Length == 1 ? "it" : "them")}: {names}{more}");
            return Judgement.Of(SafeText.Of($"{message}{About(run)}"), measurements, [new Finding(message)
            {
                Remedy = SafeText.Of($"Take the pretrained model of the same version, sampling rate and trainer, and train anew: the trainer goes on with random weights and says so in this one line. A layer that is meant to be new is named in the option ignore"),
                Evidence = measurements,
            }]);
        }

        // Lines about a resumed checkpoint are loads as well: what training started from is in it.
        if (loaded.Length > 0 || events.Any(e => e.Kind == LogEventKind.AllKeysMatched))
        {
            var what = loaded.Length > 0 ? SafeText.Join(", ", loaded.Select(e => SafeText.From(e.Text, 80)).Distinct().Take(MostNamed)) : SafeText.Of($"what training started from");
            return Judgement.Of(SafeText.Of($"{what} was loaded, and the log names no weight that was left out{About(run)}"), measurements, []);
        }

        if (options.RequirePretrained)
        {
            var message = stated.Length > 0
                ? SafeText.Of($"{SafeText.From(stated[0].Key, 40)} names {SafeText.From(stated[0].Value, 80)} as the start, which is required, and the log does not say that anything was loaded")
                : SafeText.Of($"the log does not say that anything was loaded, and a pretrained start is required");
            return SaysWhatItLoads(run)
                ? Judgement.Of(SafeText.Of($"{message}{About(run)}"), measurements, [new Finding(message) { Remedy = SafeText.Of($"Check that the file is where the configuration says, and train again: a model that starts from nothing needs many times the steps"), Evidence = measurements }])
                : Judgement.Inconclusive(SafeText.Of($"{run.Path} is of a kind that does not say what was loaded{About(run)}"));
        }

        // A log may begin behind the line, or have been cut: that it does not say so proves nothing.
        return Judgement.Nothing(stated.Length > 0
            ? SafeText.Of($"{SafeText.From(stated[0].Key, 40)} names {SafeText.From(stated[0].Value, 80)} as the start, and the log does not say whether it was loaded{About(run)}")
            : SafeText.Of($"{run.Path} says nothing of weights to start from{About(run)}"));
    }

    // Event files and tables hold numbers alone: that they say nothing of a load means nothing.
    private static bool SaysWhatItLoads(TrainingRun run) => Telling.Contains(run.Log.Format, StringComparer.Ordinal) || run.Log.Events.Count > 0;

    private static (string Key, string Value)[] Stated(IReadOnlyDictionary<string, MetadataValue> hyperparameters)
        => [.. hyperparameters.Where(h => IsPretrained(h.Key) && h.Value is MetadataValue.Text { Value.Length: > 0 }).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => (h.Key, ((MetadataValue.Text)h.Value).Value))];

    private static bool IsPretrained(string key)
        => key[(key.LastIndexOf('.') + 1)..].ToLowerInvariant() is "pretraing" or "pretrained" or "pretrain_g" or "pretrained_g" or "pretrained_s2g" or "pretrained_model" or "finetune_from_model" or "restore_path";

    /// <summary>What has to have loaded.</summary>
    public sealed record Options
    {
        /// <summary>Beginnings of the names of weights that may keep their random start, such as "emb_g."; none by default.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];

        /// <summary>Whether a run fails whose log does not say that anything was loaded (default false: a log may begin behind the line that says so).</summary>
        public bool RequirePretrained { get; init; }
    }
}
