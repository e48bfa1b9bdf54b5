using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Signals.Safety;

/// <summary>The number of imported names that are on no list.</summary>
/// <remarks>The gate pickle-must-be-safe leaves out those that its options allow.</remarks>
[Signal(MeasuredOn.File, Unit = "names", Better = Better.Lower)]
internal sealed partial class UnknownImports() : Signal<FileImports>(new ImportsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FileImports result) => [Reading.Of(result.Imports.Count(i => i.Verdict == GlobalVerdict.Unknown))];
}
