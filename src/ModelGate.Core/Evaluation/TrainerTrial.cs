using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Trainers;

namespace ModelGate.Evaluation;

/// <summary>How far a folder looks as if a trainer had written it.</summary>
/// <param name="Trainer">The trainer.</param>
/// <param name="Shown">The signs that the folder shows.</param>
/// <param name="Missing">Those that it does not show.</param>
internal sealed record TrainerTrial(Trainer Trainer, IReadOnlyList<TrainerSign> Shown, IReadOnlyList<TrainerSign> Missing)
{
    private const int LookedAtBytes = 1 << 20;

    // Enough to see what kind of checkpoints they are; the first and the last may be a base model and a file that is still being written.
    private const int MostLookedAt = 4;

    /// <summary>Whether the trainer wrote such a folder.</summary>
    public bool Fits => Shown.Count > 0 && Missing.Count == 0;

    /// <summary>The trial in one sentence.</summary>
    public SafeText Sentence => Fits
        ? SafeText.Of($"{Trainer.Title} fits, by {Signs(Shown)}")
        : SafeText.Of($"{Trainer.Title} does not fit: it lacks {Signs(Missing)}{(Shown.Count > 0 ? ", and shows " : "")}{(Shown.Count > 0 ? Signs(Shown) : "")}");

    /// <summary>Tries every trainer whose runs can be recognised.</summary>
    /// <exception cref="IOException">The folder cannot be searched.</exception>
    public static IReadOnlyList<TrainerTrial> Of(Workspace workspace) => Of(workspace, TrainerCatalogue.All.Where(t => !t.IsDataSet));

    /// <summary>Tries every layout of a data set.</summary>
    /// <exception cref="IOException">The folder cannot be searched.</exception>
    public static IReadOnlyList<TrainerTrial> OfDataSets(Workspace workspace) => Of(workspace, TrainerCatalogue.All.Where(t => t.IsDataSet));

    private static IReadOnlyList<TrainerTrial> Of(Workspace workspace, IEnumerable<Trainer> trainers)
    {
        var heads = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        TrainerTrial Try(Trainer trainer, IReadOnlyList<TrainerSign> signs)
        {
            var shown = signs.ToLookup(s => Shows(workspace, s, heads));
            return new TrainerTrial(trainer, [.. shown[true]], [.. shown[false]]);
        }

        return [.. trainers.Where(t => t.IsPreset && t.Recognise.Count > 0).Select(t =>
            Try(t, t.Recognise) is var usual && usual.Fits ? usual : t.Otherwise.Select(signs => Try(t, signs)).FirstOrDefault(other => other.Fits) ?? usual)];
    }

    private static bool Shows(Workspace workspace, TrainerSign sign, Dictionary<string, byte[]> heads)
    {
        var files = sign.Files.SelectMany(g => GlobMatches.Of(workspace, g)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0 || (sign.Holds.Count == 0 && sign.Lacks.Count == 0))
        {
            return files.Length > 0;
        }

        var looked = files.Length <= MostLookedAt ? files : [.. files.Take(MostLookedAt / 2), .. files.TakeLast(MostLookedAt / 2)];
        var texts = looked.Select(f => Head(workspace, f, heads)).ToArray();
        return (sign.Holds.Count == 0 || sign.Holds.Any(h => texts.Any(t => Holds(t, h)))) && !sign.Lacks.Any(l => texts.Any(t => Holds(t, l)));
    }

    private static bool Holds(byte[] head, string text) => head.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static byte[] Head(Workspace workspace, string file, Dictionary<string, byte[]> heads)
    {
        if (heads.TryGetValue(file, out var known))
        {
            return known;
        }

        var path = Path.Combine(workspace.Folder, file);
        byte[] head = [];
        try
        {
            if (workspace.MayRead(path))
            {
                using var source = FileByteSource.Open(path);
                head = new byte[(int)Math.Min(source.Length, LookedAtBytes)];
                head = head[..source.Read(0, head)];
            }
        }
        catch (SourceUnavailableException)
        {
            // It is opened again to be judged, and the reason is reported then.
        }

        return heads[file] = head;
    }

    private static string Signs(IReadOnlyList<TrainerSign> signs) => string.Join("; ", signs.Select(s => s.Is));
}
