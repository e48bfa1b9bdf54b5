using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The mel-cepstral distortion of the ten seconds of the output in which it is highest, along the alignment of the whole.</summary>
/// <remarks>What mel-cepstral-distortion is, of each stretch of 10 seconds of the output, every 2.5 seconds; the last one ends with the output. It has no value for an output of 10 seconds or less.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "dB", Better = Better.Lower)]
internal sealed partial class MelCepstralDistortionOfStretch : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.IsLongerThanStretch ? pair.Comparison.FurthestStretch?.Value : null;
}
