using ModelGate.Runs;

namespace ModelGate.Signals.Running;

/// <summary>How closely a model's copy follows the recording over time.</summary>
/// <remarks>As log-mel-correlation, of the copy with the recording that its mel spectrogram, or its features and pitch, were computed from; over several recordings the median.</remarks>
[Signal(MeasuredOn.ModelRun, Better = Better.Higher)]
internal sealed partial class CopyCorrelation : Signal;
