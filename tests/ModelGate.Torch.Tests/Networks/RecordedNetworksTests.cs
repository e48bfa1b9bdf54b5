using ModelGate.ModelRuns;

namespace ModelGate.Torch.Tests.Networks;

/// <summary>Numbers of PyTorch 1.13 for the same weights and inputs: Fixtures/make.py.</summary>
public class RecordedNetworksTests
{
    // A few units in the last place of binary32 through twenty layers.
    private const double Tolerance = 2e-6;

    [TorchTheory]
    [InlineData("hifi-gan-pairs", "g_00000010", "hifi-gan", "weight_norm")]
    [InlineData("hifi-gan-pairs", "parametrized.pth", "hifi-gan", "parametrized")]
    [InlineData("hifi-gan-pairs", "removed.pth", "hifi-gan", "removed")]
    [InlineData("hifi-gan-single", "g_00000010", "hifi-gan", "weight_norm")]
    [InlineData("bigvgan-v1", "g_00000010", "bigvgan", "weight_norm")]
    [InlineData("bigvgan-v2", "g_00000010", "bigvgan", "weight_norm")]
    [InlineData("bigvgan-snake", "g_00000010", "bigvgan", "weight_norm")]
    public void A_vocoder_gives_PyTorchs_audio(string folder, string file, string family, string spelling)
    {
        var answers = Fixture.Do(Fixture.Weights(folder, file, new() { Config = Fixture.PathOf(folder, "config.json") }), new ModelRunStep.Load(), Fixture.Recorded(folder));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.Family == family && a.Spelling == spelling && a.SampleRate == 22050);
        answers[0].Missing.Should().BeEmpty();
        answers[0].Unexpected.Should().BeEmpty();
        Check(answers[1]);
    }

    [TorchTheory]
    [InlineData("rvc-v1_40k", "v1_40k_f0", 40000, 400)]
    [InlineData("rvc-v1_32k_nof0", "v1_32k_nof0", 32000, 320)]
    [InlineData("rvc-v2_48k", "v2_48k_f0", 48000, 480)]
    [InlineData("rvc-v2_32k_nof0", "v2_32k_nof0", 32000, 320)]
    public void A_voice_of_RVC_gives_PyTorchs_audio_without_noise(string folder, string variant, int rate, int hop)
    {
        var answers = Fixture.Do(Fixture.Weights(folder, "voice.pth"), new ModelRunStep.Load(), Fixture.Recorded(folder));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.Family == "rvc" && a.Variant == variant && a.SampleRate == rate && a.Hop == hop);
        answers[0].Missing.Should().BeEmpty();
        answers[0].Unexpected.Should().BeEmpty();
        Check(answers[1]);
    }

    // RVC itself takes the values of an export from the export: those of a training that was another would hide one that carries the wrong ones.
    [TorchFact]
    public void An_export_is_run_with_the_values_that_it_carries()
    {
        var config = Path.GetTempFileName();
        File.WriteAllText(config, """
            { "data": { "sampling_rate": 32000, "filter_length": 1024, "hop_length": 320 },
              "model": { "inter_channels": 192, "hidden_channels": 192, "filter_channels": 768, "n_heads": 2, "n_layers": 6, "kernel_size": 3, "resblock": "1",
                "resblock_kernel_sizes": [3, 7, 11], "resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5], [1, 3, 5]], "upsample_rates": [10, 8, 2, 2], "upsample_initial_channel": 512,
                "upsample_kernel_sizes": [20, 16, 4, 4], "spk_embed_dim": 109, "gin_channels": 256 } }
            """);

        var answers = Fixture.Do(Fixture.Weights("rvc-v2_48k", "voice.pth", new() { Config = config }), new ModelRunStep.Load(), Fixture.Recorded("rvc-v2_48k"));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.IsStrict && a.SampleRate == 48000 && a.Hop == 480);
        Check(answers[1]);
        File.Delete(config);
    }

    [TorchFact]
    public void The_shapes_of_a_generator_tell_its_hyperparameters_where_no_configuration_does()
    {
        // Kernels 16 and 8 at rates 8 and 4, but the dilations 1, 2, 4 of the second block are in no tensor: the keys fit, and the sound is another.
        var answers = Fixture.Do(Fixture.Weights("hifi-gan-pairs", "g_00000010"), new ModelRunStep.Load(), Fixture.Recorded("hifi-gan-pairs"));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.Family == "hifi-gan" && a.Hop == 32 && a.SampleRate == null);
        answers[1].Difference!.Maximum.Should().BeGreaterThan(1e-3);
    }

    private static void Check(ModelRunAnswer answer)
    {
        answer.Problem.Should().BeNull();
        answer.Difference!.Maximum.Should().BeLessThan(Tolerance);
        answer.Outputs.Should().ContainSingle().Which.Should().Match<RunOutput>(o => o.Name == "audio" && o.Finite);
        answer.Outputs![0].Shape.Should().Equal(answer.ExpectedShape);
    }
}
