namespace ModelGate.Artifacts;

/// <summary>A list of a data set's files as trainers read it: a line for each segment.</summary>
/// <param name="Lines">The fields of each line that is not empty, with its number from 1. Fields are text from the file, with the spaces around them, which trainers do not strip either.</param>
/// <param name="Separator">What stands between fields: a bar or a tab.</param>
internal sealed record FileList(IReadOnlyList<(int Number, IReadOnlyList<string> Fields)> Lines, char Separator) : Artifact("file-list")
{
    /// <inheritdoc/>
    public override string Kind => "file list";

    /// <summary>What is wrong with its encoding for a trainer that reads UTF-8, as the rest of a sentence about the file; empty where nothing is.</summary>
    public SafeText Encoding { get; init; }
}
