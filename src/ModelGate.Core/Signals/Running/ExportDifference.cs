using ModelGate.Runs;

namespace ModelGate.Signals.Running;

/// <summary>How far the export's output is from that of the checkpoint for the same input.</summary>
/// <remarks>The root of the mean square of the differences over that of the checkpoint's output, in dB: 20 lg(rms(export - checkpoint) / rms(checkpoint)). No value where the two are equal bit for bit, or differ in shape.</remarks>
[Signal(MeasuredOn.ModelRun, Unit = "dB", Better = Better.Lower)]
internal sealed partial class ExportDifference : Signal;
