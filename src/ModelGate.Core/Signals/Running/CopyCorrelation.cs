using ModelGate.Runs;

namespace ModelGate.Signals.Running;

/// <summary>How far a model's copy of a recording does over time what the recording does.</summary>
/// <remarks>As log-mel-correlation, of the copy with the recording that its mel spectrogram, or its features and pitch, were computed from; over several recordings the median.</remarks>
[Signal(MeasuredOn.ModelRun, Better = Better.Higher)]
internal sealed partial class CopyCorrelation : Signal;
