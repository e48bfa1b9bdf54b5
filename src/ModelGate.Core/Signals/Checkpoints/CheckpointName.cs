using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Trainers;

namespace ModelGate.Signals.Checkpoints;

/// <summary>What the name of a checkpoint or an export says of its training.</summary>
/// <param name="Stem">The name in front of what it says: <c>lexi</c> of <c>lexi_e22_s396.pth</c>; the whole name where it says nothing.</param>
/// <param name="Step">The training step; null where it names none.</param>
/// <param name="IsLabelled">Whether a word says that the number is a step (<c>step=400</c>, <c>_s396</c>); else its place alone does (<c>G_396</c>).</param>
/// <param name="Epoch">The epoch; null where it names none.</param>
/// <remarks>
/// Numbers with another meaning are not steps: decimals, dates and times, versions (<c>-v3</c>), rates (<c>48k</c>), shards, and what is
/// given to another word (<c>val_loss=2</c>, <c>acc_87</c>).
/// </remarks>
internal sealed partial record CheckpointName(string Stem, long? Step, bool IsLabelled, long? Epoch)
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // Below this a number behind a word that trainers do not use may count anything: the third voice, the second attempt.
    private const long LeastBehindAnyWord = 100;

    private static readonly string[] Extensions =
        [".pth", ".pt", ".ckpt", ".tar", ".safetensors", ".bin", ".pkl", ".pickle", ".onnx", ".gguf", ".npz", ".npy", ".h5", ".th", ".model", ".weights", ".gz"];

    private static readonly long[] SampleRates = [8000, 11025, 16000, 22050, 24000, 32000, 40000, 44100, 48000, 96000];

    /// <summary>Whether it says that it is the best by some measure, not the last.</summary>
    public bool SaysBest { get; private init; }

    /// <summary>Whether it says that training started from it.</summary>
    public bool SaysPretrained { get; private init; }

    /// <summary>Whether it says that the file holds what training needs to go on, and no weights of a model: the state of an optimizer, a scheduler, a random generator.</summary>
    public bool SaysState { get; private init; }

    /// <summary>Whether it says that the file is a discriminator, which is trained beside the model and never exported.</summary>
    public bool SaysDiscriminator { get; private init; }

    /// <summary>
    /// Reads the name of a file by its path: where the file's own name says nothing, its folder's may, as in <c>checkpoint-500/model.safetensors</c>.
    /// </summary>
    public static CheckpointName OfPath(string path)
    {
        var parts = path.Split('/');
        var own = Of(parts[^1]);
        if (own.Step is not null || own.Epoch is not null || parts.Length < 2 || parts[^2] is "." or "..")
        {
            return own;
        }

        var folder = Of(parts[^2]);
        return folder.IsLabelled || folder.Epoch is not null || CheckpointFolder().IsMatch(parts[^2])
            ? own with { Step = folder.Step, IsLabelled = folder.IsLabelled, Epoch = folder.Epoch }
            : own;
    }

    /// <summary>Reads a file's name.</summary>
    public static CheckpointName Of(string fileName)
    {
        var name = WithoutExtensions(CopyMark().Replace(fileName, ""));
        var text = Masked(name);
        var (epoch, step, isLabelled) = Progress(text);
        var best = BestWord().Match(text);
        int[] starts = [.. new[] { epoch?.Start, step?.Start, best.Success ? best.Index : null }.OfType<int>()];
        return new CheckpointName(starts.Length == 0 ? name : name[..starts.Min()].TrimEnd('_', '-', '.', ' '), step?.Value, isLabelled, epoch?.Value)
        {
            SaysBest = best.Success,
            SaysPretrained = PretrainedWord().IsMatch(name),
            SaysState = StateWord().IsMatch(fileName),
            SaysDiscriminator = DiscriminatorWord().IsMatch(fileName),
        };
    }

    private static (Number? Epoch, Number? Step, bool IsLabelled) Progress(string text)
    {
        var epoch = FirstOf(text, EpochBehindWord(), EpochBeforeWord(), ShortEpoch(), FairseqEpoch());
        var step = FirstOf(text, StepBehindWord(), StepBeforeWord(), ShortStep());
        return (epoch, step ?? LastNumber(epoch is { } e ? Blank(text, e.Start, e.Length) : text), step is not null);
    }

    private static string WithoutExtensions(string name)
    {
        while (Array.Find(Extensions, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase) && name.Length > e.Length) is { } extension)
        {
            name = CopyMark().Replace(name[..^extension.Length], "");
        }

        return name;
    }

    private static string Masked(string name)
    {
        var text = name;
        foreach (var pattern in new[] { DateAndTime(), DayFirst(), CompactDate(), UnixTime(), Shard(), Decimal(), Exponent(), Version(), Rate() })
        {
            text = pattern.Replace(text, m => new string('~', m.Length));
        }

        text = GivenToWord().Replace(text, m => CountingWord().IsMatch(m.Groups["word"].Value) ? m.Value : new string('~', m.Length));
        return MetricWord().Replace(text, m => new string('~', m.Length));
    }

    private static Number? FirstOf(string text, params ReadOnlySpan<Regex> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Match(text) is { Success: true } match && NumberOf(match) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    private static Number? NumberOf(Match match)
    {
        if (!long.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var factor = match.Groups["unit"].Value switch { "k" or "K" => 1_000, "m" or "M" => 1_000_000, _ => 1 };
        return value > long.MaxValue / factor ? null : new Number(value * factor, match.Index, match.Length, match.Groups["n"]);
    }

    // G_396, voice2_G_396, g_00000100, checkpoint_80: a number that comes last, or with nothing after it but words for the kind of file.
    private static Number? LastNumber(string text)
    {
        if (TailNumber().Match(text) is not { Success: true } match || NumberOf(match) is not { } number || TrainerCatalogue.Unknown.LatestOnly.Contains(number.Value))
        {
            return null;
        }

        var isBehindEpoch = match.Groups["word"].Length == 0 && match.Index > 0 && text[match.Index - 1] == '~';
        return isBehindEpoch || TrainersWord().IsMatch(match.Groups["word"].Value) || (number.Value >= LeastBehindAnyWord && !SampleRates.Contains(number.Value)) ? number : null;
    }

    private static string Blank(string text, int start, int length) => string.Concat(text.AsSpan(0, start), new string('~', length), text.AsSpan(start + length));

    private readonly record struct Number(long Value, int Start, int Length, Group Digits);

    // A browser's, a file manager's or an editor's second copy: "G_2376 (1).pth", "Copy of G_2376.pth", "G_2376.pth.bak".
    [GeneratedRegex(@"^copy of |( \(\d{1,4}\)| - copy( \(\d{1,4}\))?|[_.-](bak|backup|old|orig|copy)\d{0,2}|~)(?=\.[^.]*$|$)", Options, 10_000)]
    private static partial Regex CopyMark();

    [GeneratedRegex(@"(?<!\d)(19|20)\d{2}(?<d>[-_.])(0?[1-9]|1[0-2])\k<d>(0?[1-9]|[12]\d|3[01])(?!\d)([T_ -]\d{1,2}[-_:h.]\d{2}([-_:m.]\d{2})?(?!\d))?", Options, 10_000)]
    private static partial Regex DateAndTime();

    [GeneratedRegex(@"(?<!\d)(0?[1-9]|[12]\d|3[01])(?<d>[-_.])(0?[1-9]|1[0-2])\k<d>(19|20)\d{2}(?!\d)", Options, 10_000)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"(?<!\d)20(1[5-9]|[23]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([T_-]?\d{4}(\d{2})?)?(?!\d)", Options, 10_000)]
    private static partial Regex CompactDate();

    [GeneratedRegex(@"(?<!\d)1[4-9]\d{8}(?!\d)", Options, 10_000)]
    private static partial Regex UnixTime();

    [GeneratedRegex(@"\d{1,6}-of-\d{1,6}", Options, 10_000)]
    private static partial Regex Shard();

    [GeneratedRegex(@"\d+\.\d+(e[-+]?\d{1,3})?", Options, 10_000)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\d+e[-+]\d{1,2}(?![\ds])", Options, 10_000)]
    private static partial Regex Exponent();

    [GeneratedRegex(@"(?<![a-z])v(er(sion)?)?[_.-]?\d{1,4}(?!\d)", Options, 10_000)]
    private static partial Regex Version();

    [GeneratedRegex(@"\d+ ?k?hz(?![a-z])", Options, 10_000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<![a-z])(?<word>[a-z][a-z_/]*)=[-+\w.]*?(?=$|[-_. ][a-z])|(?<![a-z])(?<word>[a-z][a-z_/]*)=[-+\w.]*", Options, 10_000)]
    private static partial Regex GivenToWord();

    [GeneratedRegex(@"(^|[_/])(steps?|iters?|iterations?|updates?|epochs?|ep)$", Options, 10_000)]
    private static partial Regex CountingWord();

    [GeneratedRegex(@"(?<![a-z])(loss|acc|accuracy|mel|mos|utmos|pesq|stoi|wer|cer|per|eer|f1|bleu|rouge|psnr|ssim|fid|fad|snr|score|metric|top|ppl|rank|part|shard|gpu|fold|seed|spk|speaker|speakers|sid|sr|rate|dim|size|bs|batch|lr|bits?|hop|mels|bands|channels|layers|heads)[-_= ]?\d+(?![a-z\d])", Options, 10_000)]
    private static partial Regex MetricWord();

    [GeneratedRegex(@"(?<![a-z])([a-z]+[_-])?(steps?|iters?|iterations?|updates?)[=_. -]?(?<n>\d{1,18})(?<unit>[km])?(?![a-z\d])", Options, 10_000)]
    private static partial Regex StepBehindWord();

    [GeneratedRegex(@"(?<![a-z\d~])(?<n>\d{1,18})(?<unit>[km])?[_ -]?(steps?|iters?|iterations?|updates?)(?![a-z\d])", Options, 10_000)]
    private static partial Regex StepBeforeWord();

    [GeneratedRegex(@"(?<=^|[_. -])(s(?<n>\d{1,18})|(?<n>\d{1,18})s)(?=$|[_. -])", Options, 10_000)]
    private static partial Regex ShortStep();

    [GeneratedRegex(@"(?<![a-z])(epochs?|ep)[=_. -]?((1st|2nd|3rd|final|last|best)[_-])?(?<n>\d{1,9})(?!\d)", Options, 10_000)]
    private static partial Regex EpochBehindWord();

    [GeneratedRegex(@"(?<![a-z\d~])(?<n>\d{1,9})[_ -]?(epochs?|ep)(?![a-z\d])", Options, 10_000)]
    private static partial Regex EpochBeforeWord();

    [GeneratedRegex(@"(?<=[_. -])(e(?<n>\d{1,9})|(?<n>\d{1,9})e)(?=$|[_. -])", Options, 10_000)]
    private static partial Regex ShortEpoch();

    // fairseq writes checkpoint3.pt at the end of an epoch, and checkpoint_3_2000.pt within one.
    [GeneratedRegex(@"^checkpoint(?<n>\d{1,9})$|^checkpoint_(?<n>\d{1,9})(?=_\d+$)", Options, 10_000)]
    private static partial Regex FairseqEpoch();

    [GeneratedRegex(@"(?<word>[a-z][a-z\d]*)?[_. -]?(?<![a-z\d~])(?<n>\d{1,18})([_. -]+(final|last|latest|ema|raw|fp16|fp32|bf16|half|pruned|release|slim|small|inference|generator|weights|model|checkpoint|ckpt|state|full|~+|v~*))*[~_. -]*$", Options, 10_000)]
    private static partial Regex TailNumber();

    [GeneratedRegex(@"^(g|d|do|net_?g|net_?d|model|checkpoint|ckpt|chkpt|cp|generator|discriminator|gen|disc|weights?|state|snapshot|diffusion|vits|pytorch)$", Options, 10_000)]
    private static partial Regex TrainersWord();

    [GeneratedRegex(@"^checkpoint-\d+$", Options, 10_000)]
    private static partial Regex CheckpointFolder();

    [GeneratedRegex(@"^(optim|optimizer|scheduler|lr_scheduler|scaler|sampler|rng_state|random_states?|custom_checkpoint|training_args|pytorch_lightning_callbacks)([_.\-\d]|$)", Options, 10_000)]
    private static partial Regex StateWord();

    [GeneratedRegex(@"^(d|do|disc|discriminator|netd|dur)[_\-]?\d", Options, 10_000)]
    private static partial Regex DiscriminatorWord();

    [GeneratedRegex(@"(?<![a-z])best(?![a-z])", Options, 10_000)]
    private static partial Regex BestWord();

    [GeneratedRegex(@"(?<![a-z])pre-?trained?(?![a-z])|^(f0)?[gd]\d{2}k$", Options, 10_000)]
    private static partial Regex PretrainedWord();
}
