using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Signals.Safety;

/// <summary>The number of imported names that are known to run code, read files or reach the network.</summary>
/// <remarks>docs/gates/MG7001.md says which.</remarks>
[Signal(MeasuredOn.File, Unit = "names", Better = Better.Lower)]
internal sealed partial class DangerousImports() : Signal<FileImports>(new ImportsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FileImports result) => [Reading.Of(result.Imports.Count(i => i.Verdict == GlobalVerdict.Dangerous))];
}
