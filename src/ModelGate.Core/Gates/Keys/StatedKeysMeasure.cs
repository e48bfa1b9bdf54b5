using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Signals;

namespace ModelGate.Gates.Keys;

/// <summary>The keys that a file of the role architecture states.</summary>
internal sealed record StatedKeysMeasure : ContentMeasure<Artifact, StatedKeys>
{
    /// <inheritdoc/>
    protected override StatedKeys Compute(FileStamp file, Artifact content, CancellationToken cancellation) => new(ModelKeys.Of(content, withTypes: false), file.Path, content.Format);
}

/// <summary>Expected keys and where they come from.</summary>
/// <param name="Keys">By name; null where the file states none.</param>
/// <param name="Source">The path of the file.</param>
/// <param name="Format">The file's format.</param>
internal sealed record StatedKeys(IReadOnlyDictionary<string, ExpectedKey>? Keys, string Source, string Format)
{
    /// <summary>Why there are no keys; empty where there are.</summary>
    public SafeText Problem => Keys is null
        ? SafeText.Of($"{Source} is {Format}, which states no keys: a key manifest or a checkpoint does")
        : SafeText.Empty;
}
