using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

public class FoldersMustAlignTests
{
    // DDSP-SVC: data/train/audio/1/0.wav, data/train/units/1/0.wav.npy, and the same names for the next speaker.
    [Fact]
    public void Speakers_with_folders_of_their_own_below_each_kind_are_told_apart()
    {
        GateRun Of(params string[] units)
        {
            var run = new GateRun();
            foreach (var sound in new[] { "1/0", "1/1", "2/0", "2/1" })
            {
                run.With(ArtifactRole.Recordings, $"data/train/audio/{sound}.wav", WaveBytes.OfFloats(new float[100]));
            }

            foreach (var unit in units)
            {
                run.With(ArtifactRole.Features, $"data/train/units/{unit}.wav.npy", []);
            }

            return run;
        }

        Judge(Of("1/0", "1/1", "2/0", "2/1")).Findings.Should().BeEmpty();
        Judge(Of("1/0", "1/1", "2/0")).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("2/1");
        Judge(Of("1/0", "1/1")).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("2/0, 2/1");
    }

    [Fact]
    public void Folders_of_the_same_stems_pass_whatever_their_endings()
    {
        var judgement = Judge(Run(84));

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        judgement.Measurements[0].Observed.Should().Be(84);
    }

    [Fact]
    public void Few_missing_files_pass_and_are_named()
    {
        var judgement = Judge(Run(84, without: [17]));

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain("3_feature768 lacks 1 of 84: 0_17");
    }

    [Fact]
    public void Many_missing_files_fail()
        => Judge(Run(84, without: [1, 2, 3])).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("3_feature768 lacks 3 of 84: 0_1, 0_2, 0_3");

    [Fact]
    public void Files_that_belong_to_no_recording_fail_too()
    {
        var run = Run(3);
        run.With(ArtifactRole.Features, "run/3_feature768/old.npy", []);

        Judge(run).Findings.Should().HaveCount(2).And.OnlyContain(f => f.Message.Value.Contains("lacks 1 of 4: old"));
    }

    [Fact]
    public void Several_folders_that_lack_files_are_named_once_each()
    {
        var run = Run(84, without: [1, 2, 3]);
        run.With(ArtifactRole.Recordings, "run/0_gt_wavs/0_99.wav", []).With(ArtifactRole.Features, "run/3_feature768/0_99.npy", []);
        var judgement = Judge(run);

        judgement.Summary.Value.Should().Be("4 of 85 segments lack a file in 2b-f0nsf, 3_feature768");
        judgement.Findings.Select(f => f.Message.Value).Should().Equal("2b-f0nsf lacks 1 of 85: 0_99", "3_feature768 lacks 3 of 85: 0_1, 0_2, 0_3");
    }

    [Fact]
    public void Two_runs_are_two_data_sets()
    {
        var run = Run(3);
        run.With(ArtifactRole.Recordings, "other/0_gt_wavs/x.wav", []).With(ArtifactRole.Features, "other/3_feature768/x.npy", []);

        run.Judge(new FoldersMustAlign(), new FoldersMustAlign.Options()).Select(j => j.Path).Should().Equal("other", "run");
    }

    [Fact]
    public void A_folder_that_holds_everything_tells_voices_apart()
    {
        var run = new GateRun();
        foreach (var voice in new[] { "ann", "bob" })
        {
            run.With(ArtifactRole.Recordings, $"44k/{voice}/1.wav", []).With(ArtifactRole.FinePitch, $"44k/{voice}/1.wav.f0.npy", []);
        }

        run.With(ArtifactRole.Features, "44k/ann/1.wav.soft.pt", []);
        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("lacks 1 of 2: bob/1");
    }

    [Fact]
    public void One_folder_alone_says_nothing()
        => Judge(new GateRun().With(ArtifactRole.Features, "3_feature768/a.npy", [])).IsAboutNothing.Should().BeTrue();

    [Theory]
    [InlineData("0_1.wav.npy", "0_1")]
    [InlineData("my.voice.01.wav", "my.voice.01")]
    [InlineData("a.wav.soft.pt", "a")]
    [InlineData("a.data.pt", "a")]
    [InlineData("录音_3.WAV.npy", "录音_3")]
    [InlineData(".wav", ".wav")]
    public void Takes_the_endings_off_that_trainers_append(string file, string stem) => DataSets.StemOf(file).Should().Be(stem);

    private static GateRun Run(int count, params int[] without)
    {
        var run = new GateRun();
        for (var i = 0; i < count; i++)
        {
            run.With(ArtifactRole.Recordings, $"run/0_gt_wavs/0_{i}.wav", []).With(ArtifactRole.FinePitch, $"run/2b-f0nsf/0_{i}.wav.npy", []);
            if (!without.Contains(i))
            {
                run.With(ArtifactRole.Features, $"run/3_feature768/0_{i}.npy", []);
            }
        }

        return run;
    }

    private static Judgement Judge(GateRun run) => run.Judge(new FoldersMustAlign(), new FoldersMustAlign.Options()).Should().ContainSingle().Subject.Judgement;
}
