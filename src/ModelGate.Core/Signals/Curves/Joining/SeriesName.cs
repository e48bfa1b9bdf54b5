using System.Text.RegularExpressions;

namespace ModelGate.Signals.Curves.Joining;

/// <summary>What the name of a series says that it is, for trainers of which nothing else is known.</summary>
/// <param name="Name">The name, as the log writes it.</param>
internal sealed partial record SeriesName(string Name)
{
    private static readonly string[] ValidationWords = ["val", "valid", "validation", "eval", "dev", "test", "validate", "evaluation"];
    private static readonly string[] TrainingWords = ["train", "training", "avg", "average", "mean", "epoch", "step", "iter", "stats", "smoothed", "running", "inner"];
    private static readonly string[] LossWords = ["loss", "losses", "nll", "error", "err", "mse", "mae", "rmse", "perplexity", "ppl", "cer", "wer", "elbo", "crossentropy", "entropy"];
    private static readonly string[] WholeWords = ["loss", "losses", "nll", "total", "objective"];
    private static readonly string[] MelWords = ["mel", "spec"];
    private static readonly string[] RateWords = ["lr", "learningrate"];
    private static readonly string[] GradientWords = ["grad", "gradient", "gnorm", "gradnorm"];
    private static readonly string[] DiscriminatorWords = ["d", "dr", "dg", "disc", "discriminator", "mpd", "msd", "critic", "dis"];
    private static readonly string[] AdversaryWords = ["g", "gen", "generator", "adv", "adversarial"];

    // What is logged beside a loss, or contains its word, and says nothing of how well the model fits.
    private static readonly string[] OtherWords = ["scale", "time", "runtime", "second", "seconds", "samples", "weight", "count", "flos", "best", "hp", "loader", "ratio"];

    private readonly string[] words = Words(Name);

    /// <summary>Whether it is measured on data that is not trained on.</summary>
    public bool IsValidation => words.Any(ValidationWords.Contains);

    /// <summary>Whether it is a learning rate.</summary>
    public bool IsLearningRate => words.Any(RateWords.Contains) || Pair("learning", "rate");

    /// <summary>Whether it is the norm of a gradient.</summary>
    public bool IsGradient => words.Any(GradientWords.Contains);

    /// <summary>Whether it is of a network that is trained against the model.</summary>
    public bool IsDiscriminator => words.Any(DiscriminatorWords.Contains) && !IsGradient && !IsLearningRate;

    /// <summary>Whether it is how well the model deceives the network that is trained against it: a game, which nobody wins.</summary>
    public bool IsAdversary => IsDiscriminator || (words.Any(AdversaryWords.Contains) && !words.Any(MelWords.Contains));

    /// <summary>Whether it falls as a model learns.</summary>
    public bool IsLoss => words.Any(LossWords.Contains) && !words.Any(OtherWords.Contains) && !IsLearningRate && !IsGradient;

    /// <summary>Whether it is the whole that is trained, not a part of it.</summary>
    public bool IsWhole => words.Where(w => !ValidationWords.Contains(w) && !TrainingWords.Contains(w)).All(WholeWords.Contains);

    /// <summary>Whether it is the error of a spectrogram.</summary>
    public bool IsMel => words.Any(MelWords.Contains);

    private bool Pair(string first, string second) => words.Zip(words.Skip(1)).Any(p => p.First == first && p.Second == second);

    private static string[] Words(string name) => [.. Word().Matches(name).Select(m => m.Value.ToLowerInvariant())];

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
