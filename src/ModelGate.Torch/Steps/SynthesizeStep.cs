using ModelGate.ModelRuns;
using ModelGate.Torch.Models;
using ModelGate.Torch.Networks;
using ModelGate.Torch.Networks.BigVgan;
using ModelGate.Torch.Networks.Rvc;
using ModelGate.Torch.Synthesis;
using static TorchSharp.torch;

namespace ModelGate.Torch.Steps;

/// <summary>Resynthesizes a recording, from its own mel spectrogram or from the features and the pitch of a data set.</summary>
internal static class SynthesizeStep
{
    /// <summary>Does the step.</summary>
    public static ModelRunAnswer Do(ModelRunStep.Synthesize step, RunnableModel model, ArtifactFiles files)
    {
        var network = (model as NetworkModel)?.Loaded() ?? throw new ModelException(SafeText.Of($"synthesis needs a network of a known family: of any other model it is not known how recordings become its input"));
        var rate = network.SampleRate ?? throw new ModelException(SafeText.Of($"nothing states the sample rate of the network: it needs its config.json"));
        var inputs = network switch
        {
            RvcNetwork rvc => FeatureInput.Of(step, rvc, files),
            HifiGanNetwork vocoder => OfRecording(step, vocoder.Mel, network, files),
            BigVganNetwork vocoder => OfRecording(step, vocoder.Mel, network, files),
            _ => throw new ModelException(SafeText.Of($"synthesis with {network.Family} is not supported")),
        };

        // RVC's decoder was trained on a source with noise in it, and gives unvoiced sounds only with it; from one seed it is the same each time.
        manual_seed(0);
        var made = network.Run(inputs, noise: network is RvcNetwork);
        var audio = made.reshape(-1).data<float>().ToArray();
        try
        {
            WaveFile.Write(step.Output, audio, rate);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(SafeText.Of($"{step.Output} cannot be written: {Sentences.FirstLine(fault.Message)}"));
        }

        return new ModelRunAnswer { Step = 0, Ok = true, SampleRate = rate, Samples = audio.Length, Output = step.Output, Outputs = [RunStep.Measure("audio", made)] };
    }

    private static IReadOnlyDictionary<string, Tensor> OfRecording(ModelRunStep.Synthesize step, MelSettings? mel, Network network, ArtifactFiles files)
    {
        if (step.Recording is null)
        {
            throw new ModelException(SafeText.Of($"{network.Family} resynthesizes a recording, and none is named"));
        }

        if (mel is null)
        {
            throw new ModelException(SafeText.Of($"how recordings become a mel spectrogram is in no tensor: the network needs its config.json"));
        }

        return mel.Hop == network.Hop
            ? RecordingInput.Of(files.Recording(step.Recording), mel, Path.GetFileName(step.Recording))
            : throw new ModelException(SafeText.Of($"a frame of the mel spectrogram is {mel.Hop} samples, and the network makes {network.Hop} of it"));
    }
}
