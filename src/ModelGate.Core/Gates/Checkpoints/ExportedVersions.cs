using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Exports of one run at several points of it: RVC and Applio write a small file at each save.</summary>
internal static class ExportedVersions
{
    /// <summary>
    /// The export that is judged as the last one in place of a file whose name says that it is an earlier one, or the best one: that of the same
    /// name without a number, which RVC writes at the end, else that of the highest number. Null where the file itself is judged.
    /// </summary>
    /// <param name="file">The export.</param>
    /// <param name="all">Every export.</param>
    /// <param name="policy">Which checkpoint has to be exported: where that is the best, an export that says so is judged in place of the others.</param>
    public static RoleFile? JudgedInPlaceOf(RoleFile file, IReadOnlyList<RoleFile> all, CheckpointPolicy policy)
    {
        var name = CheckpointName.Of(file.FileName);
        if (policy == CheckpointPolicy.Best)
        {
            return name.SaysBest ? null : all.FirstOrDefault(f => CheckpointName.Of(f.FileName) is { SaysBest: true } other && other.Stem == name.Stem);
        }

        if (!IsNumbered(name) && !name.SaysBest)
        {
            return null;
        }

        var others = all.Where(f => f != file).Select(f => (File: f, Name: CheckpointName.Of(f.FileName))).Where(f => f.Name.Stem == name.Stem).ToArray();
        if (others.FirstOrDefault(f => !IsNumbered(f.Name) && !f.Name.SaysBest) is { File: { } plain })
        {
            return plain;
        }

        var later = others.Where(f => IsNumbered(f.Name) && !f.Name.SaysBest && (!IsNumbered(name) || name.SaysBest || IsLater(f.Name, name))).ToArray();
        return later.Length == 0 ? null : later.OrderBy(f => f.Name.Epoch ?? 0).ThenBy(f => f.Name.Step ?? 0).ThenBy(f => f.File.Path, StringComparer.Ordinal).Last().File;
    }

    private static bool IsNumbered(CheckpointName name) => name.Epoch is not null || (name.Step is not null && name.IsLabelled);

    private static bool IsLater(CheckpointName one, CheckpointName other)
        => one.Epoch is { } a && other.Epoch is { } b ? a > b : one.Step is { } c && other.Step is { } d && c > d;
}
