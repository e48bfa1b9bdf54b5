using ModelGate.Runs;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>Each segment of a data set must have its file in every folder: the recording, the same at 16 kHz, pitch, features.</summary>
[GateId("MG6001")]
internal sealed class FoldersMustAlign : Gate<FoldersMustAlign.Options>
{
    /// <summary>How many may be missing.</summary>
    public sealed record Options
    {
        /// <summary>The share of segments that may lack a file, from 0 to 1, since preprocessing skips a few; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.02;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => DataSets.Roles;

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => DataSets.Of(files, DataSets.Roles);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var items = DataSets.Items(subject);
        ArtifactRole[] roles = [.. DataSets.Roles.Where(r => subject.Of(r).Any())];
        if (roles.Length < 2)
        {
            return Judgement.Nothing(SafeText.Of($"{FolderOf(subject, roles[0])} is the only folder of the data set: there is nothing to hold it against"));
        }

        var lacking = roles.Select(r => (Role: r, Names: items.Where(i => i.Find(r) is null).Select(i => i.Name).ToArray())).Where(l => l.Names.Length > 0).ToArray();
        var incomplete = lacking.SelectMany(l => l.Names).Distinct(StringComparer.Ordinal).Count();
        var share = (double)incomplete / items.Count;
        Measurement[] measurements =
        [
            DataSetSegments.Info.Of(subject.Path, items.Count),
            IncompleteSegments.Info.Of(subject.Path, share) with { Required = new(Relation.AtMost, options.Share) },
        ];
        var folders = SafeText.Join(", ", roles.Select(r => FolderOf(subject, r)));
        var lacks = SafeText.Join("; ", lacking.Select(l => Lack(subject, l.Role, l.Names, items.Count)));
        return share <= options.Share
            ? Judgement.Of(
                lacking.Length == 0
                    ? SafeText.Of($"{folders} hold the same {SafeText.Count(items.Count, "segment")}")
                    : SafeText.Of($"{folders} hold the same segments but for {share:0.0 %}, and {NumberText.Of(options.Share * 100)} % may be missing: {lacks}"),
                measurements,
                [])
            : Judgement.Of(
                lacking is [var only]
                    ? Lack(subject, only.Role, only.Names, items.Count)
                    : SafeText.Of($"{incomplete} of {SafeText.Count(items.Count, "segment")} {SafeText.From(incomplete == 1 ? "lacks" : "lack")} a file in {SafeText.Join(", ", lacking.Select(l => FolderOf(subject, l.Role)))}"),
                measurements,
                [.. lacking.Select(l => new Finding(Lack(subject, l.Role, l.Names, items.Count))
                {
                    Remedy = SafeText.Of($"Run the preprocessing again from the step that writes what is missing, and look at its log for files that it skipped"),
                    Evidence = measurements,
                })]);
    }

    private static SafeText Lack(Subject subject, ArtifactRole role, string[] names, int count)
    {
        var others = subject.Beside.Where(f => f.Role == role).DistinctBy(f => DataSets.StemOf(f.FileName), StringComparer.Ordinal).ToDictionary(f => DataSets.StemOf(f.FileName), f => f.FileName, StringComparer.Ordinal);
        return SafeText.Of($"{FolderOf(subject, role)} lacks {names.Length} of {count}: {DataSets.List([.. names.Select(n => others.TryGetValue(n, out var other) ? $"{n} (there is {other}: case counts)" : n)])}");
    }

    // Where a trainer keeps everything of a voice in one folder, its name says nothing.
    private static SafeText FolderOf(Subject subject, ArtifactRole role)
    {
        var folder = DataSets.FolderOf(subject.First(role));
        return DataSets.Roles.Any(r => r != role && subject.Of(r).Any() && DataSets.FolderOf(subject.First(r)).Value == folder.Value) ? SafeText.Of($"{SafeText.From(role.Key())}") : folder;
    }
}
