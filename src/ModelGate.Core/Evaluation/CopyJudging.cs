using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>The second round of an evaluation: the recordings that models made in the first are outputs, those that they should sound like their references, and every gate on recordings that is on judges them.</summary>
internal static class CopyJudging
{
    private const string AudioBlock = "MG5";

    /// <summary>What the gates judge of the copies; empty where there are none.</summary>
    /// <param name="gates">The gates of the plan.</param>
    /// <param name="first">What the first round judged.</param>
    /// <param name="files">The files of the first round.</param>
    /// <param name="showExhibits">Whether pictures are drawn.</param>
    /// <param name="embedsAudio">Whether recordings go into the pictures, to be listened to.</param>
    public static IReadOnlyList<Judging> Of(IReadOnlyList<PlannedGate> gates, IEnumerable<Judging> first, RoleFiles files, bool showExhibits, bool embedsAudio)
    {
        var copies = first.SelectMany(j => j.Judgement?.Copies ?? []).DistinctBy(c => c.Copy).ToArray();
        if (copies.Length == 0)
        {
            return [];
        }

        // Each copy has its own recording for a reference: no name has to tell which, where several folders have files of one name.
        var roles = copies.Select(c => RolesOf(c.Copy, c.Recording, files)).ToArray();
        return [.. gates.Where(g => Judges(g.Gate, g.Everywhere.Gate.Id, roles[0].Keys))
            .SelectMany(g => roles.SelectMany(r => g.Gate.Select(new RoleFiles(r), g.Everywhere.Options)).DistinctBy(s => s.Path)
                .Select(s => (Gate: g, Subject: s, Here: g.For(s.Path.Length == 0 ? null : s.Path))))
            .Where(j => j.Here is not null)
            .Select(j => new Judging(j.Gate, j.Here!, j.Subject, showExhibits, embedsAudio))];
    }

    private static Dictionary<ArtifactRole, RoleMatch> RolesOf(RoleFile copy, RoleFile recording, RoleFiles files)
    {
        var roles = new Dictionary<ArtifactRole, RoleMatch>
        {
            [ArtifactRole.Output] = new([copy], SafeText.Empty),
            [ArtifactRole.Reference] = new([recording with { Role = ArtifactRole.Reference }], SafeText.Empty),
        };
        foreach (var role in new[] { ArtifactRole.Model, ArtifactRole.Config }.Where(r => files.Of(r).Count > 0))
        {
            roles[role] = new(files.Of(role), SafeText.Empty);
        }

        return roles;
    }

    private static bool Judges(Gate gate, string id, ICollection<ArtifactRole> named)
        => id.StartsWith(AudioBlock, StringComparison.Ordinal)
            && gate.Roles.All(named.Contains)
            && (gate.RolesAnyOf.Count == 0 || gate.RolesAnyOf.Any(named.Contains))
            && gate.RolesRead.Contains(ArtifactRole.Output);
}
