using ModelGate.Runs;

namespace ModelGate.Signals.Data;

/// <summary>How periodic recordings are at the pitch that their files state, beside all other lags: 1 where no lag is more periodic.</summary>
/// <remarks>
/// Fifty times a second, the share of lags from 0.5 to 20 ms at which the normalised cross-correlation of the recording is no higher than at the stated period; its mean over the frames that have a pitch and are not silent, and over the
/// segments. A pitch that belongs to another recording reaches about what chance does.
/// </remarks>
[Signal(MeasuredOn.DataSet, Better = Better.Higher)]
internal sealed partial class PitchFit : Signal;
