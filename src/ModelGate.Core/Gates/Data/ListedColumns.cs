using System.Globalization;
using ModelGate.Runs;

namespace ModelGate.Gates.Data;

/// <summary>
/// The columns of RVC's list: recording|features|pitch|fine pitch|speaker, without pitch recording|features|speaker. Its trainer takes each field by its place, and trains on
/// whatever stands there.
/// </summary>
internal static class ListedColumns
{
    private static readonly ArtifactRole[] Columns = [ArtifactRole.Recordings, ArtifactRole.Features, ArtifactRole.Pitch, ArtifactRole.FinePitch];

    /// <summary>Whether a line is of such a list: it names more than a recording, or stands in a list of the name that RVC gives it.</summary>
    /// <param name="fileName">The list's name.</param>
    /// <param name="line">The line.</param>
    public static bool Apply(string fileName, ListedFiles line) => line.Paths.Count > 1 || fileName.Equals("filelist.txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a line; empty where nothing is.</summary>
    /// <param name="line">The line.</param>
    /// <param name="roleOf">The role of the file that a path names; null where there is none.</param>
    /// <param name="nameOf">What a role's files are called in a sentence.</param>
    public static SafeText Problem(ListedFiles line, Func<string, ArtifactRole?> roleOf, Func<ArtifactRole, SafeText> nameOf)
    {
        if (line.Paths.Count is not (2 or 4))
        {
            return SafeText.Of($"names {SafeText.Count(line.Paths.Count, "file")} instead of 2, or 4 with pitch");
        }

        if (line.Rest.Count != 1)
        {
            return line.Rest.Count == 0 ? SafeText.Of($"ends without a speaker") : SafeText.Of($"has {line.Rest.Count} fields after its files instead of a speaker");
        }

        for (var i = 0; i < line.Paths.Count; i++)
        {
            if (roleOf(line.Paths[i]) is { } role && role != Columns[i])
            {
                return SafeText.Of($"has {SafeText.From(line.Paths[i])} in column {i + 1}, which is for {nameOf(Columns[i])}");
            }
        }

        return int.TryParse(line.Rest[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? SafeText.Empty : SafeText.Of($"names {SafeText.From(line.Rest[0])} as its speaker, which is not a number");
    }
}
