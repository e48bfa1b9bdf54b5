using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>The excitation of a model with pitch: a sine at the fundamental frequency where there is one, and noise, which is strong where there is none.</summary>
/// <remarks>
/// Wang, Takaki, Yamagishi: Neural Source-Filter Waveform Models (2019), with one harmonic as in RVC. The phase is summed in binary64, and begins at zero; amplitudes are those of RVC.
/// </remarks>
internal sealed class HarmonicSource(Slots slots, int sampleRate, long hop)
{
    private const double SineAmplitude = 0.1;
    private const double VoicedNoise = 0.003;

    private readonly Slot weight = slots.Plain("l_linear.weight", 1, 1);
    private readonly Slot bias = slots.Plain("l_linear.bias", 1);

    /// <summary>The excitation of [batch, 1, samples].</summary>
    /// <param name="pitch">The fundamental frequency of each frame in Hz, zero where there is none.</param>
    /// <param name="noise">Whether there is noise.</param>
    public Tensor Of(Tensor pitch, bool noise)
    {
        using var scope = NewDisposeScope();
        var (batch, frames) = (pitch.shape[0], pitch.shape[1]);

        // RVC divides in binary32, and takes what is left of whole turns.
        var turns = pitch.div(sampleRate).remainder(1).to_type(ScalarType.Float64);
        var before = turns.cumsum(1).sub_(turns).mul_(hop).remainder_(1).unsqueeze(2);
        var within = arange(1, hop + 1, ScalarType.Float64).reshape(1, 1, hop);
        var phase = turns.unsqueeze(2).mul(within).add_(before);
        var sine = phase.mul_(2 * Math.PI).sin_().to_type(ScalarType.Float32).mul_(SineAmplitude);
        var voiced = pitch.gt(0).to_type(ScalarType.Float32).unsqueeze(2);
        sine.mul_(voiced);
        if (noise)
        {
            var amplitude = voiced.mul(VoicedNoise).add_(voiced.neg().add_(1).mul_(SineAmplitude / 3));
            sine.add_(randn(batch, frames, hop).mul_(amplitude));
        }

        return sine.mul_(weight.Value.reshape(1, 1, 1)).add_(bias.Value).tanh_().reshape(batch, 1, frames * hop).MoveToOuterDisposeScope();
    }
}
