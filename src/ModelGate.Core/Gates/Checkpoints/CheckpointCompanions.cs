using System.Text.RegularExpressions;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Files that a trainer writes beside a checkpoint's weights at the same save: the optimizer, the discriminator, what a script registered.</summary>
internal static partial class CheckpointCompanions
{
    /// <summary>Whether a file holds weights that may be exported: no export comes from an optimizer, nor from a discriminator, nor from one part of several.</summary>
    public static bool IsOfModel(RoleFile file)
        => CheckpointName.Of(file.FileName) is { SaysState: false, SaysDiscriminator: false } && !(file.Role == ArtifactRole.Checkpoints && PartOfSeveral().IsMatch(file.FileName));

    /// <summary>Whether a file is one that may say how far training had come when the weights beside it were written.</summary>
    public static bool Tells(RoleFile file)
        => CheckpointName.Of(file.FileName).SaysDiscriminator
            || file.FileName.StartsWith("optim", StringComparison.OrdinalIgnoreCase) || file.FileName.StartsWith("custom_checkpoint", StringComparison.OrdinalIgnoreCase);

    /// <summary>The files of the same save: of the same folder, and where their names carry a number, of the same one.</summary>
    public static IEnumerable<RoleFile> Of(RoleFile file, IEnumerable<RoleFile> companions)
    {
        var number = CheckpointName.Of(file.FileName).Step;
        return companions.Where(c => FolderOf(c) == FolderOf(file) && (CheckpointName.Of(c.FileName).SaysDiscriminator ? number is not null && NumberOf(c) == number : number is null));
    }

    /// <summary>The number in a discriminator's name, which is that of the generator it was saved with.</summary>
    public static long? NumberOf(RoleFile file) => CheckpointName.Of(file.FileName).Step;

    private static string FolderOf(RoleFile file) => file.Path[..^file.FileName.Length];

    [GeneratedRegex(@"-\d{5}-of-\d{5}\.", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex PartOfSeveral();
}
