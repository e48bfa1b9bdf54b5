using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>The lists that a trainer reads must name files that are there, each segment once, and no segment's files with those of another.</summary>
[GateId("MG6009")]
internal sealed class FileListMustMatchItsFolders : Gate<FileListMustMatchItsFolders.Options>
{
    private const int MostShown = 3;

    /// <summary>How many segments may be in no list.</summary>
    public sealed record Options
    {
        /// <summary>The share of segments with all of their files that may be in no list, from 0 to 1; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.02;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.FileList];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => DataSets.Roles;

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
    {
        if (files.Missing(ArtifactRole.FileList) is { IsEmpty: false } problem)
        {
            yield return Subject.Impossible(problem);
            yield break;
        }

        var lists = files.Of(ArtifactRole.FileList);
        RoleFile[] others = [.. DataSets.Roles.SelectMany(files.Of)];
        yield return new Subject(lists[0].Path, [.. lists, .. files.Of(ArtifactRole.Recordings).Take(1)]) { Beside = others };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Of(ArtifactRole.FileList).Select(f => new Need(f, new FileListMeasure()));

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options) => subject.Of(ArtifactRole.Recordings).Select(f => new Need(f, new ClipFormMeasure()));

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var lists = subject.Of(ArtifactRole.FileList).Select(f => (File: f, List: measured.Of(f, new FileListMeasure()))).ToArray();
        (string Name, ListedFiles Line)[] lines = [.. lists.SelectMany(l => ListedFiles.Of(l.List).Select(f => (l.File.FileName, f)))];
        (string Name, ListedFiles Line)[] own = [.. lines.Where(l => !l.Line.IsMute)];
        var there = subject.Beside.Select(f => ListedFiles.End(f.Path)).ToHashSet(StringComparer.Ordinal);
        var stems = subject.Beside.Select(f => DataSets.StemOf(f.FileName)).ToHashSet(StringComparer.Ordinal);
        bool IsThere(string path) => path.Contains('/', StringComparison.Ordinal) ? there.Contains(path) : stems.Contains(DataSets.StemOf(path));

        (string, ListedFiles)[] absent = [.. own.Where(l => !l.Line.Paths.All(IsThere))];
        var roles = subject.Beside.GroupBy(f => ListedFiles.End(f.Path), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Role, StringComparer.Ordinal);
        var kinds = subject.Beside.GroupBy(f => f.Role).ToDictionary(g => g.Key, g => DataSets.FolderOf(g.First()));
        (string, ListedFiles, SafeText Problem)[] columns = !kinds.ContainsKey(ArtifactRole.Features) ? [] : [.. own.Where(l => l.Line.Paths.All(IsThere) && ListedColumns.Apply(l.Name, l.Line))
            .Select(l => (l.Name, l.Line, ListedColumns.Problem(l.Line, p => roles.TryGetValue(p, out var role) ? role : null, r => kinds.TryGetValue(r, out var folder) ? folder : SafeText.Of($"the role {r.Key()}")))).Where(l => !l.Item3.IsEmpty)];
        (string, ListedFiles)[] spaced = [.. own.Where(l => l.Line.HasSpaces)];
        (string, ListedFiles)[] mixed = [.. own.Where(l => l.Line.Stems.Skip(1).Any())];

        // Lists of paths share the data set out; GPT-SoVITS's tables each tell something else of all of it.
        (string, ListedFiles)[] twice = [.. own.GroupBy(l => (l.Line.Paths[0], l.Line.IsOfTable ? l.Name : "")).SelectMany(g => g.Skip(1))];
        var rate = subject.Of(ArtifactRole.Recordings).Select(f => measured.Find(f, new ClipFormMeasure())?.SampleRate).FirstOrDefault();
        (string, ListedFiles)[] otherRate = [.. lines.Where(l => l.Line.MuteRate is { } thousands && rate is { } hertz && thousands * 1000 != hertz)];
        var listed = own.Select(l => l.Line.Stem).ToHashSet(StringComparer.Ordinal);
        string[] complete = [.. subject.Beside.GroupBy(f => DataSets.StemOf(f.FileName), StringComparer.Ordinal).Where(g => g.Select(f => f.Role).Distinct().Count() == kinds.Count).Select(g => g.Key).Order(NaturalOrder.Instance)];
        string[] unlisted = [.. complete.Where(s => !listed.Contains(s))];

        var wrong = absent.Concat(mixed).Concat(twice).Concat(spaced).Concat(columns.Select(c => (c.Item1, c.Item2))).Distinct().Count();
        Measurement[] measurements =
        [
            WrongListLines.Info.Of(subject.Path, wrong) with { Required = new(Relation.AtMost, 0) },
            UnlistedSegments.Info.Of(subject.Path, unlisted.Length),
        ];
        var findings = new List<Finding>();
        void Add(SafeText message, string remedy) => findings.Add(new Finding(message) { Remedy = SafeText.From(remedy), Evidence = measurements });

        foreach (var (file, list) in lists.Where(l => !l.List.Encoding.IsEmpty))
        {
            Add(SafeText.Of($"{SafeText.From(file.FileName)} {list.Encoding}"), "Save the list as UTF-8 without a byte order mark, or write it again with the trainer");
        }

        if (absent.Length > 0)
        {
            Add(SafeText.Of($"{Lines(absent.Length, own.Length, "names", "name")} files that are not there: {Shown(absent, l => string.Join(", ", l.Paths.Where(p => !IsThere(p))))}"), "Write the list again from the folders as they are, or put back what is missing: the trainer stops at the first of these lines");
        }

        if (columns.Length > 0)
        {
            Add(
                SafeText.Of($"{Lines(columns.Length, own.Length, "does", "do")} not have the columns that RVC reads: line {columns[0].Item2.Number} of {SafeText.From(columns[0].Item1)} {columns[0].Problem}"),
                "Write the list again with the trainer: it takes each field by its place, stops at a line of another number of fields, and trains on whatever stands in the place of the recording");
        }

        if (spaced.Length > 0)
        {
            Add(SafeText.Of($"{Lines(spaced.Length, own.Length, "has", "have")} spaces around paths, which trainers take for a part of them: {Shown(spaced, l => l.Paths[0])}"), "Take out the spaces beside the bars");
        }

        if (mixed.Length > 0)
        {
            Add(SafeText.Of($"{Lines(mixed.Length, own.Length, "pairs", "pair")} files of different segments: {Shown(mixed, l => string.Join(", ", l.Paths))}"), "Write the list again: what is in one line is trained as one segment");
        }

        if (twice.Length > 0)
        {
            Add(SafeText.Of($"{Lines(twice.Length, own.Length, "names", "name")} what another line names: {Shown(twice, l => l.Paths[0])}"), "Take the repeated lines out: their segments count double in training, and where one is in the training and in the validation list, validation is no test");
        }

        if (unlisted.Length > options.Share * Math.Max(1, complete.Length))
        {
            Add(SafeText.Of($"{unlisted.Length} of {SafeText.Count(complete.Length, "segment")} {SafeText.From(unlisted.Length == 1 ? "is" : "are")} in no list: {DataSets.List(unlisted)}"), "Write the list again: it is older than the folders");
        }

        if (otherRate.Length > 0)
        {
            Add(SafeText.Of($"{Lines(otherRate.Length, lines.Length, "names", "name")} silence at another rate than the recordings, which are at {rate ?? 0} Hz: {Shown(otherRate, l => l.Paths[0])}"), "Write the list again with the sample rate of the recordings");
        }

        var mute = lines.Length - own.Length;
        var silence = mute > 0 ? SafeText.Of($", and {SafeText.Count(mute, "line")} of silence") : SafeText.Empty;
        return findings.Count == 0
            ? Judgement.Of(SafeText.Of($"{SafeText.Join(", ", lists.Select(l => SafeText.From(l.File.FileName)))} {SafeText.From(lists.Length == 1 ? "names" : "name")} {SafeText.Count(listed.Count, "segment")} that {SafeText.From(listed.Count == 1 ? "is" : "are")} there{silence}{SafeText.From(unlisted.Length > 0 ? $"; {unlisted.Length} more {(unlisted.Length == 1 ? "is" : "are")} in no list" : "")}"), measurements, [])
            : Judgement.Of(SafeText.Join("; ", findings.Select(f => f.Message)), measurements, findings);
    }

    private static SafeText Lines(int some, int all, string one, string many) => SafeText.Of($"{some} of {SafeText.Count(all, "line")} {SafeText.From(some == 1 ? one : many)}");

    private static SafeText Shown((string Name, ListedFiles Line)[] lines, Func<ListedFiles, string> what)
        => SafeText.Of($"{SafeText.Join("; ", lines.Take(MostShown).Select(l => SafeText.Of($"line {l.Line.Number} of {SafeText.From(l.Name)} {SafeText.From(what(l.Line))}")))}{SafeText.From(lines.Length > MostShown ? $"; and {lines.Length - MostShown} more" : "")}");
}
