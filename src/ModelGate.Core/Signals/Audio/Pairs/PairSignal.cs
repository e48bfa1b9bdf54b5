namespace ModelGate.Signals.Audio.Pairs;

/// <summary>A signal on an output beside its reference.</summary>
internal abstract class PairSignal : Signal
{
    /// <summary>The value; null where there is none.</summary>
    public abstract double? Of(RecordingPair pair);
}
