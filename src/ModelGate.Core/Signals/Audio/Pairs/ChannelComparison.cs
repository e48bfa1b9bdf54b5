using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>Each channel of an output compared with its reference.</summary>
/// <remarks>
/// Where the channels of the output differ, each is compared: with the same channel of a reference that has as many, and else with the mean of the reference's. No channel is chosen here: one lies furthest
/// off in one signal and another in the next.
/// </remarks>
internal sealed record ChannelComparisonMeasure : PairMeasure<AudioClip, AudioClip, ChannelComparisons>
{
    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    protected override ChannelComparisons Compute(AudioClip left, AudioClip right, CancellationToken cancellation)
    {
        if (left.Channels == 1 || FirstReading.Of(left, cancellation).ChannelsAgree)
        {
            return new ChannelComparisons([RecordingComparisonMeasure.Compare(left, null, right, null, cancellation)]);
        }

        return new ChannelComparisons(
            [.. Enumerable.Range(0, left.Channels).Select(c => RecordingComparisonMeasure.Compare(left, c, right, right.Channels == left.Channels ? c : null, cancellation))]);
    }
}

/// <summary>The channels of an output beside its reference.</summary>
/// <param name="Channels">Each channel; a single one where there is one, or where all hold the same samples.</param>
internal sealed record ChannelComparisons(IReadOnlyList<RecordingComparison> Channels) : OfEachChannel<RecordingComparison>(Channels)
{
    /// <summary>Why nothing can be compared; empty where it can.</summary>
    public SafeText Problem => Channels.Select(c => c.Problem).FirstOrDefault(p => !p.IsEmpty);

    /// <summary>What is so of all channels: the rate, and how much of both was compared.</summary>
    public RecordingComparison Any => Channels[0];
}
