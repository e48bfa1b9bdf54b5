using ModelGate.ModelRuns;
using ModelGate.Torch.Synthesis;

namespace ModelGate.Torch.Tests.Steps;

/// <summary>What a network of a known family is run for, timed for and synthesized with.</summary>
public sealed class NetworkStepsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("modelgate-torch-");

    public void Dispose() => folder.Delete(recursive: true);

    [TorchTheory]
    [InlineData("hifi-gan-pairs", "g_00000010", 32)]
    [InlineData("bigvgan-v1", "g_00000010", 8)]
    [InlineData("rvc-v2_48k", "voice.pth", 480)]
    [InlineData("rvc-v1_32k_nof0", "voice.pth", 320)]
    public void Generated_inputs_give_the_same_audio_each_time_in_every_length_and_batch(string network, string file, int hop)
    {
        ModelRunStep[] steps = [Generated(20, 1), Generated(20, 1), Generated(33, 2), new ModelRunStep.Run { Generate = new(20, 1, 7), Noise = true }];

        var answers = Fixture.Do(Model(network, file), steps);

        answers.Should().OnlyContain(a => a.Ok && a.Outputs![0].Finite && a.Outputs[0].Shape.SequenceEqual(a.ExpectedShape!));
        answers[0].Outputs.Should().BeEquivalentTo(answers[1].Outputs);
        answers[0].Outputs![0].Shape.Should().Equal(1, 1, 20 * hop);
        answers[2].Outputs![0].Shape.Should().Equal(2, 1, 33 * hop);
        (answers[3].Outputs![0].Sha256 == answers[0].Outputs![0].Sha256).Should().Be(!network.StartsWith("rvc", StringComparison.Ordinal));
    }

    [TorchFact]
    public void A_recording_becomes_audio_of_its_own_length()
    {
        var (recording, copy) = (PathOf("tone.wav"), PathOf("copy.wav"));
        WaveFile.Write(recording, [.. Enumerable.Range(0, 5000).Select(i => 0.3f * MathF.Sin(i * 0.1f))], 22050);

        var answers = Fixture.Do(Model("hifi-gan-pairs", "g_00000010"), new ModelRunStep.Synthesize { Recording = recording, Output = copy });

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.SampleRate == 22050 && a.Samples == 5000 / 32 * 32);
        using var files = new ArtifactFiles();
        files.Recording(copy).Should().Match<Artifacts.AudioClip>(c => c.SampleRate == 22050 && c.Frames == 4992 && c.Encoding == "pcm_s16le");
    }

    [TorchFact]
    public void A_recording_of_another_rate_and_a_silent_one_are_refused()
    {
        var (slow, silent) = (PathOf("slow.wav"), PathOf("silent.wav"));
        WaveFile.Write(slow, new float[5000], 16000);
        WaveFile.Write(silent, new float[5000], 22050);

        var answers = Fixture.Do(
            Model("hifi-gan-pairs", "g_00000010"), new ModelRunStep.Synthesize { Recording = slow, Output = PathOf("a.wav") }, new ModelRunStep.Synthesize { Recording = silent, Output = PathOf("b.wav") });

        answers[0].Problem.Should().Be("slow.wav is at 16000 Hz, the network at 22050 Hz: it is not resampled, for that would be judged along with the network");
        answers[1].Problem.Should().StartWith("silent.wav is silent");
    }

    // A WAV file of binary32 may hold NaN: a copy of it would too, and it would not be the model's fault.
    [TorchFact]
    public void What_is_not_finite_is_refused_before_it_gets_into_the_model()
    {
        var samples = Enumerable.Range(0, 5000).Select(i => i == 2500 ? float.NaN : 0.3f * MathF.Sin(i * 0.1f)).SelectMany(BitConverter.GetBytes).ToArray();
        File.WriteAllBytes(PathOf("broken.wav"), [.. "RIFF"u8, .. BitConverter.GetBytes(36 + samples.Length), .. "WAVEfmt "u8, .. BitConverter.GetBytes(16), 3, 0, 1, 0, .. BitConverter.GetBytes(22050), .. BitConverter.GetBytes(4 * 22050), 4, 0, 32, 0, .. "data"u8, .. BitConverter.GetBytes(samples.Length), .. samples]);
        Numpy("features.npy", [12, 768], i => i == 100 ? float.PositiveInfinity : MathF.Sin(i));
        Numpy("sound.npy", [12, 768], i => MathF.Sin(i));
        Numpy("pitch.npy", [23], i => 20 + i);
        Numpy("pitchf.npy", [25], i => i == 3 ? float.NaN : 120 + i);
        var step = new ModelRunStep.Synthesize { Features = PathOf("features.npy"), Pitch = PathOf("pitch.npy"), FinePitch = PathOf("pitchf.npy"), Output = PathOf("copy.wav") };

        Fixture.Do(Model("hifi-gan-pairs", "g_00000010"), new ModelRunStep.Synthesize { Recording = PathOf("broken.wav"), Output = PathOf("copy.wav") })[0].Problem.Should().Be("broken.wav contains NaN or infinity, so its copy would too");
        Fixture.Do(Model("rvc-v2_48k", "voice.pth"), step, step with { Features = PathOf("sound.npy") }).Select(a => a.Problem).Should().Equal(
            "features.npy contains NaN or infinity, so the audio would too", "pitchf.npy contains NaN or infinity, so the audio would too");
    }

    [TorchFact]
    public void Features_and_pitch_become_audio_cut_to_the_shorter_of_the_two()
    {
        Numpy("features.npy", [12, 768], i => MathF.Sin(i));
        Numpy("pitch.npy", [23], i => 20 + i);
        Numpy("pitchf.npy", [25], i => 120 + i);
        var step = new ModelRunStep.Synthesize { Features = PathOf("features.npy"), Pitch = PathOf("pitch.npy"), FinePitch = PathOf("pitchf.npy"), Speaker = 1, Output = PathOf("copy.wav") };

        var answers = Fixture.Do(Model("rvc-v2_48k", "voice.pth"), step, step, step with { Speaker = 2 }, step with { FinePitch = null });

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.SampleRate == 48000 && a.Samples == 23 * 480);
        answers[2].Problem.Should().Be("there is no speaker 2: the table has 2, counted from 0");
        answers[3].Problem.Should().Be("the network takes pitch in Hz, and no file is named for it");
    }

    [TorchFact]
    public void Time_is_told_with_the_machine()
    {
        var answer = Fixture.Do(Model("hifi-gan-pairs", "g_00000010"), new ModelRunStep.Time { Seconds = 0.1, Warmups = 1, Runs = 3 })[0];

        answer.AudioSeconds.Should().BeApproximately(0.1, 0.002);
        answer.Runs.Should().HaveCount(3).And.OnlyContain(s => s > 0);
        answer.Machine.Should().Contain("2 threads, libtorch 2.10");
    }

    [TorchFact]
    public void Outputs_are_written_as_safetensors_that_read_back_equal()
    {
        var output = PathOf("out.safetensors");
        var again = Generated(10, 2) with { Expected = output };

        var answers = Fixture.Do(Model("hifi-gan-pairs", "g_00000010"), Generated(10, 2) with { Output = output }, again);

        answers[1].Difference.Should().Be(new OutputDifference(0, 0, "audio[0,0,0]"));
    }

    private static ModelRunStep.Run Generated(int frames, int batch) => new() { Generate = new(frames, batch, 7) };

    private static RequestedModel Model(string network, string file) => Fixture.Weights(
        network, file, File.Exists(Fixture.PathOf(network, "config.json")) ? new() { Config = Fixture.PathOf(network, "config.json") } : null);

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    // https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
    private void Numpy(string name, int[] shape, Func<int, float> value)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}".PadRight(117) + "\n";
        var values = Enumerable.Range(0, shape.Aggregate(1, (p, s) => p * s)).SelectMany(i => BitConverter.GetBytes(value(i)));
        File.WriteAllBytes(PathOf(name), [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. values]);
    }
}
