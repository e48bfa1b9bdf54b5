using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.FileLists;

/// <summary>Reads the list of a data set's files: RVC's filelist.txt, so-vits-svc's train.txt and val.txt, GPT-SoVITS's 2-name2text.txt. Nothing that it names is opened.</summary>
/// <remarks>
/// RVC and VITS put a bar between fields: recording|features|pitch|fine pitch|speaker, or recording|speaker|text. so-vits-svc writes a path a line; GPT-SoVITS a name and its text, with tabs between.
/// </remarks>
[Reader(ReaderAttribute.ByStructure + 38)]
internal sealed class FileListReader : ArtifactReader
{
    private const long LineBytes = 120;
    private const long FieldBytes = 32;

    /// <inheritdoc/>
    public override string Format => "file-list";

    /// <inheritdoc/>
    public override ArtifactRole? Role => ArtifactRole.FileList;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => false;

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var lines = new TextLines(source, budget);
        var read = new List<(int, string)>();
        var number = 0;
        foreach (var line in lines.Read())
        {
            budget.Step();
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                budget.Keep(LineBytes + (2L * line.Length) + (FieldBytes * (1 + line.AsSpan().Count('|') + line.AsSpan().Count('\t'))));
                read.Add((number, line));
            }
        }

        if (read.Count == 0)
        {
            throw new ArtifactFault(FaultReason.Empty, SafeText.Of($"the list is empty"));
        }

        // A text may hold a bar: where every line has a tab, that is what stands between fields.
        var separator = read.TrueForAll(l => l.Item2.Contains('\t', StringComparison.Ordinal)) || !read.Exists(l => l.Item2.Contains('|', StringComparison.Ordinal)) ? '\t' : '|';
        return new FileList([.. read.Select(l => (l.Item1, (IReadOnlyList<string>)l.Item2.Trim().Split(separator)))], separator)
        {
            Encoding = lines.IsUtf16 ? SafeText.Of($"is not UTF-8, which trainers read: it is UTF-16")
                : lines.CodePage is { } page ? SafeText.Of($"is not UTF-8, which trainers read: it is {page}")
                : lines.HasInvalidText ? SafeText.Of($"is not UTF-8, which trainers read: some of its bytes are not")
                : lines.HasNul ? SafeText.Of($"holds NUL characters, which no path may hold")
                : lines.HasByteOrderMark ? SafeText.Of($"begins with a byte order mark, which trainers take for a part of the first path") : SafeText.Empty,
        };
    }
}
