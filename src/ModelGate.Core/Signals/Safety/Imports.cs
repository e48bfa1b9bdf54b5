namespace ModelGate.Signals.Safety;

/// <summary>The number of names that the pickles of a file import.</summary>
/// <remarks>Each name once. Files without a pickle import none.</remarks>
[Signal(MeasuredOn.File, Unit = "names")]
internal sealed partial class Imports() : Signal<FileImports>(new ImportsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FileImports result) => [Reading.Of(result.Imports.Count)];
}
