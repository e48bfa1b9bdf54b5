using ModelGate.Gates;
using ModelGate.Gates.Running;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Tests.Gates.Audio;
using static ModelGate.Tests.Gates.Running.Runs;

namespace ModelGate.Tests.Gates.Running;

public class CopySynthesisMustResembleInputTests
{
    // Of two trainings of RVC: one with features of its own recordings, one with those of others.
    [Fact]
    public void A_model_that_says_its_recordings_again_passes()
    {
        var (judgement, exhibits) = Judge("rvc-healthy");

        judgement.ShouldPass();
        judgement.Summary.Value.Should().Match("what it makes of features and pitch of 2 segments resembles the recordings: log-mel distance 0.*, correlation 0.8*");
        judgement.Copies.Select(c => (c.Copy.Path, c.Recording.Path)).Should().Equal(("copy-synthesis/model.pth/gt/0_1.wav", "gt/0_1.wav"), ("copy-synthesis/model.pth/gt/0_2.wav", "gt/0_2.wav"));
        judgement.Measurements.Where(m => !m.Subject.IsEmpty).Select(m => m.Subject.Value).Distinct().Should().Equal("gt/0_1.wav", "gt/0_2.wav");
        exhibits.OfType<HeatmapExhibit>().Select(e => e.Title.Value).Should().StartWith(["Spectrogram of the output copy-synthesis/model.pth/gt/0_1.wav", "Spectrogram of the recordings gt/0_1.wav"]);
    }

    [Fact]
    public void A_model_that_babbles_fails() => Judge("rvc-misaligned").Judgement.ShouldFail("does not follow them over time");

    [Fact]
    public void Features_and_pitch_of_the_name_go_in()
    {
        AskedModelRun? asked = null;
        Judge("rvc-healthy", told: a => asked = a);

        asked!.Steps.OfType<ModelRunStep.Synthesize>().Select(s => (s.Recording, s.Features, s.Pitch, s.FinePitch, s.Output)).Should().Equal(
            ("gt/0_1.wav", "features/0_1.npy", "f0/0_1.wav.npy", null, "copy-synthesis/model.pth/gt/0_1.wav"),
            ("gt/0_2.wav", "features/0_2.npy", "f0/0_2.wav.npy", null, "copy-synthesis/model.pth/gt/0_2.wav"));
    }

    [Fact]
    public void The_checkpoint_tells_an_export_that_is_at_fault()
    {
        var judgement = Judge("rvc-misaligned", checkpoint: "rvc-healthy").Judgement;

        judgement.Summary.Value.Should().Contain("the checkpoint G_100.pth makes good copies of the same").And.EndWith("so the export is at fault");
        judgement.Measurements.Where(m => m.Subject.Value == "G_100.pth").Should().HaveCount(2).And.OnlyContain(m => m.Margin > 0);
    }

    [Fact]
    public void And_one_that_is_not() => Judge("rvc-misaligned", checkpoint: "rvc-misaligned").Judgement.Summary.Value.Should().EndWith("so the export is not at fault");

    [Fact]
    public void Segments_are_spread_evenly()
    {
        RoleFile[] files = [.. Enumerable.Range(0, 10).Select(i => new RoleFile(ArtifactRole.Recordings, $"gt/0_{i}.wav"))];

        CopiedSegments.Of(files, 3).Select(s => s.Recording.FileName).Should().Equal("0_1.wav", "0_5.wav", "0_8.wav");
        CopiedSegments.Of(files, 20).Should().HaveCount(10);
    }

    [Fact]
    public void Data_sets_of_two_speakers_keep_their_own_features()
    {
        RoleFile[] files = [.. new[] { "anna", "bob" }.SelectMany(s => new RoleFile[] { new(ArtifactRole.Recordings, $"{s}/0_gt_wavs/0_1.wav"), new(ArtifactRole.Features, $"{s}/3_feature768/0_1.npy") })];

        CopiedSegments.Of(files, 3).Select(s => (s.Recording.Path, s.Features!.Path)).Should().Equal(("anna/0_gt_wavs/0_1.wav", "anna/3_feature768/0_1.npy"), ("bob/0_gt_wavs/0_1.wav", "bob/3_feature768/0_1.npy"));
    }

    [Fact]
    public void A_recording_without_features_is_left_out_where_others_have_them()
        => CopiedSegments.Of([new(ArtifactRole.Recordings, "gt/a.wav"), new(ArtifactRole.Recordings, "gt/b.wav"), new(ArtifactRole.Features, "features/b.npy")], 3).Should().ContainSingle().Which.Recording.Path.Should().Be("gt/b.wav");

    // A model that copies perfectly, of a data set with a folder for each speaker.
    [Fact]
    public void Recordings_of_one_name_have_copies_of_their_own()
    {
        var run = new GateRun { Runs = asked => Report([Loaded(), .. asked.Steps.Skip(1).Select((_, i) => new ModelRunAnswer { Step = i + 1, Ok = true })]) };
        run.With(ArtifactRole.Model, "model.pth", Generator);
        foreach (var (speaker, voice) in new[] { ("anna", "rvc-input"), ("bob", "rvc-misaligned") })
        {
            run.With(ArtifactRole.Recordings, $"0_gt_wavs/{speaker}/x.wav", Voices.Clip(voice)).With(ArtifactRole.Output, $"copy-synthesis/model.pth/0_gt_wavs/{speaker}/x.wav", Voices.Clip(voice));
        }

        var judgement = run.Judge(new CopySynthesisMustResembleInput(), new CopySynthesisMustResembleInput.Options()).Single().Judgement;

        judgement.ShouldPass();
        judgement.Copies.Select(c => c.Copy.Path).Should().OnlyHaveUniqueItems().And.HaveCount(2);
        judgement.Summary.Value.Should().EndWith("log-mel distance 0.00, correlation 1.00");
    }

    [Fact]
    public void A_copy_that_is_not_finite_fails()
    {
        var judgement = Judge("rvc-healthy", answer: a => a with { Outputs = [new RunOutput("audio", [1, 1, 8], false, null, null, null, "a")] }).Judgement;

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be("what model.pth makes of gt/0_1.wav holds NaN or infinity");
        judgement.Copies.Should().BeEmpty("it is not compared");
    }

    [Fact]
    public void A_program_is_not_run()
    {
        var run = new GateRun { Runs = _ => throw new InvalidOperationException("it was run") };
        run.With(ArtifactRole.Model, "gain.pt", TorchScript).With(ArtifactRole.Recordings, "gt/a.wav", Voices.Clip("rvc-input"));

        run.Judge(new CopySynthesisMustResembleInput(), new CopySynthesisMustResembleInput.Options()).Single().Judgement
            .ShouldBeInconclusive("ModelGate cannot know what inputs gain.pt expects: only weights of HiFi-GAN, BigVGAN and RVC can make copies");
    }

    // The comparison refuses rates that are more than sixteen times apart.
    [Fact]
    public void A_copy_that_cannot_be_compared_is_not_left_out_in_silence()
    {
        var run = new GateRun { Runs = asked => Report([Loaded(), .. asked.Steps.Skip(1).Select((_, i) => new ModelRunAnswer { Step = i + 1, Ok = true })]) };
        run.With(ArtifactRole.Model, "model.pth", Generator).With(ArtifactRole.Recordings, "gt/a.wav", Voices.Clip("rvc-input")).With(ArtifactRole.Recordings, "gt/b.wav", Voices.Clip("rvc-input") with { SampleRate = 500 })
            .With(ArtifactRole.Output, "copy-synthesis/model.pth/gt/a.wav", Voices.Clip("rvc-input")).With(ArtifactRole.Output, "copy-synthesis/model.pth/gt/b.wav", Voices.Clip("rvc-input"));

        run.Judge(new CopySynthesisMustResembleInput(), new CopySynthesisMustResembleInput.Options()).Single().Judgement.ShouldBeInconclusive("gt/b.wav cannot be compared with its copy: ");
    }

    private static (Judgement Judgement, IReadOnlyList<Exhibit> Exhibits) Judge(string copy, string? checkpoint = null, Action<AskedModelRun>? told = null, Func<ModelRunAnswer, ModelRunAnswer>? answer = null)
    {
        var run = new GateRun
        {
            Runs = asked =>
            {
                told?.Invoke(asked);
                return Report([Loaded(), .. asked.Steps.Skip(1).Select((_, i) => new ModelRunAnswer { Step = i + 1, Ok = true }).Select(a => answer is null ? a : answer(a))]);
            },
        };
        run.With(ArtifactRole.Model, "model.pth", Generator);
        foreach (var name in new[] { "0_1", "0_2" })
        {
            run.With(ArtifactRole.Recordings, $"gt/{name}.wav", Voices.Clip("rvc-input")).With(ArtifactRole.Features, $"features/{name}.npy", Generator).With(ArtifactRole.Pitch, $"f0/{name}.wav.npy", Generator)
                .With(ArtifactRole.Output, $"copy-synthesis/model.pth/gt/{name}.wav", Voices.Clip(copy));
            if (checkpoint is not null)
            {
                run.With(ArtifactRole.Output, $"copy-synthesis/G_100.pth/gt/{name}.wav", Voices.Clip(checkpoint));
            }
        }

        if (checkpoint is not null)
        {
            run.With(ArtifactRole.Checkpoints, "G_100.pth", Generator);
        }

        var judged = run.Judge(new CopySynthesisMustResembleInput(), new CopySynthesisMustResembleInput.Options()).Should().ContainSingle().Subject;
        return (judged.Judgement, judged.Exhibits);
    }
}
