using ModelGate.Runs;

namespace ModelGate.Signals.Running;

/// <summary>How far a model's copy of a recording lies from the recording.</summary>
/// <remarks>As log-mel-distance-levelled, of the copy from the recording that its mel spectrogram, or its features and pitch, were computed from; over several recordings the median.</remarks>
[Signal(MeasuredOn.ModelRun, Unit = "ln", Better = Better.Lower)]
internal sealed partial class CopyDistance : Signal;
