using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.Grammars;
using ModelGate.Readers.TextLogs.LineReading;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.TextLogs;

/// <summary>Reads what a trainer wrote into a log or onto its console: the curves, the run's configuration, what was loaded and saved.</summary>
/// <remarks>
/// The first line with numbers decides whose log it is; then the whole file is read by that trainer's grammar. A line that looks like a whole log line is taken
/// for one, whoever wrote it: a log is as trustworthy as the folder that it lies in.
/// </remarks>
[Reader(ReaderAttribute.ByStructure + 20)]
internal sealed class TextLogReader : ArtifactReader
{
    /// <summary>How far the first numbers are looked for, in bytes, where only the file's name suggests a log: warnings and installations come before them.</summary>
    public const int BannerBytes = 256 << 10;

    // Where the file is known to be a log.
    private const long MostSearched = 64L << 20;

    private static readonly LogGrammar[] Grammars =
    [
        new RvcLog(), new VitsLog(), new SoVitsLog(), new WhisperVitsLog(), new ApplioOutput(), new HifiGanLog(), new ParallelWaveGanLog(), new CoquiLog(), new FairseqLog(),
        new TransformersOutput(), new FastSpeech2Log(), new StyleTtsLog(), new SeedVcOutput(),
    ];

    private static readonly string[] Extensions = ["", ".log", ".txt", ".out", ".err", ".stdout", ".stderr"];

    /// <summary>The format's name where nothing says yet whose log it is.</summary>
    public const string FormatName = "text-log";

    /// <inheritdoc/>
    public override string Format => FormatName;

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <summary>The formats of logs that it knows.</summary>
    public static IEnumerable<string> Formats => Grammars.Select(g => g.Format);

    /// <summary>Whether a file may be called as logs are that are text: a page or a program that quotes one is none.</summary>
    public static bool IsLogName(string name)
    {
        var file = LogText.FileName(name).ToString();
        var dot = file.LastIndexOf('.');
        return file.Contains(".log.", StringComparison.OrdinalIgnoreCase) || Extensions.Contains(dot < 0 ? "" : file[dot..], StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => MayBeText(head) && Find(new MemoryByteSource(head.ToArray()), long.MaxValue, new ReadBudget(ReadLimits.Default)) is not null;

    /// <summary>Whether the numbers of a log begin somewhere in the first bytes of a file.</summary>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had.</exception>
    public static bool IsIn(IByteSource source)
    {
        try
        {
            Span<byte> head = stackalloc byte[HeadBytes];
            return MayBeText(head[..source.Read(0, head)]) && Find(source, BannerBytes, new ReadBudget(ReadLimits.Default)) is { IsCertain: true };
        }
        catch (ArtifactFault)
        {
            return false;
        }
    }

    /// <summary>Whether the first bytes may be those of a log, whoever wrote it: no binary format begins like this.</summary>
    public static bool MayBeText(ReadOnlySpan<byte> head)
        => !head.IsEmpty && (TextLines.EncodingOf(head, out _) != Encoding.UTF8 || (!head.ContainsAnyInRange((byte)1, (byte)6) && head.Count((byte)0) * 4 <= head.Length));

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        if (request.LogPattern is { } pattern)
        {
            return Read(source, new PatternLog(pattern), budget);
        }

        return Find(source, MostSearched, budget) switch
        {
            null => throw Unknown(source),
            { IsCertain: false } hinted => throw NoLosses(hinted.Grammar),
            var found => Read(source, found.Grammar, budget),
        };
    }

    private static Found? Find(IByteSource source, long most, ReadBudget budget)
    {
        var lines = new TextLines(source, budget);
        LogGrammar? hinted = null;
        while (lines.TryRead(out var line))
        {
            if (!line.IsEmpty)
            {
                foreach (var grammar in Grammars)
                {
                    if (grammar.Claims(line))
                    {
                        return new Found(grammar, IsCertain: true);
                    }
                }

                hinted ??= Hinted(line);
                budget.Step(Grammars.Length);
            }

            if (lines.Offset > most)
            {
                break;
            }
        }

        return hinted is null ? null : new Found(hinted, IsCertain: false);
    }

    private static LogGrammar? Hinted(ReadOnlySpan<char> line)
    {
        foreach (var grammar in Grammars)
        {
            if (grammar.Hints(line))
            {
                return grammar;
            }
        }

        return null;
    }

    private static TrainingLog Read(IByteSource source, LogGrammar grammar, ReadBudget budget)
    {
        var lines = new TextLines(source, budget);
        var log = new TrainingLogBuilder(budget);
        var reader = grammar.Begin(log, budget);
        DateTimeOffset? writtenFrom = null;
        var (number, notUnderstood, firstNumber, first) = (0L, 0L, 0L, "");
        while (lines.TryRead(out var line))
        {
            number++;
            if (line.IsEmpty)
            {
                continue;
            }

            writtenFrom ??= LogText.Time(line[..Math.Min(line.Length, 120)]);
            var meaning = reader.Read(line);
            if (meaning == LineMeaning.NotUnderstood || (meaning == LineMeaning.Other && IsLoss(line)))
            {
                log.Pass(line);
                (first, firstNumber) = notUnderstood++ == 0 ? (line[..Math.Min(line.Length, 80)].Trim().ToString(), number) : (first, firstNumber);
            }
            else if (meaning == LineMeaning.Other)
            {
                log.Pass(line);
            }
        }

        reader.End();
        if (log.Points == 0)
        {
            throw NoLosses(grammar);
        }

        var read = log.Build(
            grammar.Format,
            reader.Hyperparameters,
            [
                .. LineWarnings.Of(lines),
                .. reader.Warnings(),
                .. notUnderstood == 0
                    ? Array.Empty<SafeText>()
                    : [SafeText.Of($"{SafeText.Count(notUnderstood, "line looks", "lines look")} like numbers of the training and {(notUnderstood == 1 ? "was" : "were")} not understood, first line {firstNumber}: \"{SafeText.From(first, 80)}\"")],
            ]);
        return reader.Finish(read with { NotUnderstood = notUnderstood, WrittenFrom = writtenFrom });
    }

    // "loss" and a number behind it: what a fork of a trainer may write differently.
    private static bool IsLoss(ReadOnlySpan<char> line)
    {
        if (!LogText.TryAfter(line, "loss", out var rest) && !LogText.TryAfter(line, "Loss", out rest))
        {
            return false;
        }

        var at = rest[..Math.Min(rest.Length, 24)].IndexOfAny(':', '=');
        return at >= 0 && rest[(at + 1)..].TrimStart() is [(>= '0' and <= '9') or 'n' or 'i' or '-', ..] value && LogText.TakeNumber(ref value, out _);
    }

    private static ArtifactFault NoLosses(LogGrammar grammar) => new(FaultReason.NoLosses, grammar is PatternLog ? SafeText.Of($"no line of the log fits the pattern that the configuration states") : SafeText.Of($"the log holds no loss")) { Format = grammar.Format };

    private static ArtifactFault Unknown(IByteSource source)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        var unknown = ForeignTexts.Unknown(head[..source.Read(0, head)]);
        return new ArtifactFault(unknown.Reason, SafeText.Of($"{unknown.Description}; if it is a log, the configuration can say how it states steps and values"), 0);
    }

    private sealed record Found(LogGrammar Grammar, bool IsCertain);
}
