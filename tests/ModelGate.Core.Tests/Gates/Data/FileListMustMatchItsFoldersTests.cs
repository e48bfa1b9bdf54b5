using System.Text;
using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

public class FileListMustMatchItsFoldersTests
{
    // As RVC's infer-web.py writes it on Windows and elsewhere; the paths are of the machine that wrote it.
    private const string Home = "D:\\\\RVC/logs/lexi";

    [Fact]
    public void A_list_of_what_is_there_passes_wherever_it_was_written()
        => Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i)), Mute(48), Mute(48)])).Should()
            .Match<Judgement>(j => j.Findings.Count == 0 && !j.IsInconclusive && j.Summary.Value == "filelist.txt names 10 segments that are there, and 2 lines of silence");

    [Fact]
    public void A_file_that_is_not_there_fails_with_its_line()
        => Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i)), Line(99)])).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().Be("1 of 11 lines names files that are not there: line 11 of filelist.txt 0_gt_wavs/0_99.wav, 3_feature768/0_99.npy, 2a_f0/0_99.wav.npy, 2b-f0nsf/0_99.wav.npy");

    [Fact]
    public void A_line_that_pairs_files_of_different_segments_fails()
        => Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i, features: i == 6 ? 7 : i))])).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().StartWith("1 of 10 lines pairs files of different segments: line 7 of filelist.txt 0_gt_wavs/0_6.wav, 3_feature768/0_7.npy");

    [Fact]
    public void Segments_in_no_list_fail_where_they_are_more_than_the_share()
    {
        var run = Rvc([.. Enumerable.Range(0, 9).Select(i => Line(i))]);

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("1 of 10 segments is in no list: 0_9");
        Judge(run, new() { Share = 0.1 }).Should().Match<Judgement>(j => j.Findings.Count == 0 && j.Summary.Value.EndsWith("1 more is in no list"));
    }

    [Fact]
    public void A_segment_that_is_listed_twice_fails()
        => Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i)), Line(4)])).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("1 of 11 lines names what another line names: line 11 of filelist.txt 0_gt_wavs/0_4.wav");

    [Fact]
    public void Silence_at_another_rate_than_the_recordings_fails()
        => Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i)), Mute(40)])).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("silence at another rate than the recordings, which are at 48000 Hz");

    [Fact]
    public void A_list_that_is_not_UTF_8_fails()
        => Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i))], Encoding.Unicode)).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("filelist.txt is not UTF-8, which trainers read: it is UTF-16");

    // RVC's trainer strips a line and splits it at its bars, takes each field by its place, and opens the file as UTF-8.
    [Theory]
    [InlineData("{gt}|{feature}|{fine}|{pitch}|0", "10 of 10 lines do not have the columns that RVC reads: line 1 of filelist.txt has 2b-f0nsf/0_0.wav.npy in column 3, which is for 2a_f0")]
    [InlineData("{feature}|{gt}|{pitch}|{fine}|0", "has 3_feature768/0_0.npy in column 1, which is for 0_gt_wavs")]
    [InlineData("{gt}|{feature}|{pitch}|{fine}", "ends without a speaker")]
    [InlineData("{gt}|{feature}|{pitch}|{fine}|0|0", "has 2 fields after its files instead of a speaker")]
    [InlineData("{gt}", "names 1 file instead of 2, or 4 with pitch")]
    [InlineData("{gt}|{feature}|{pitch}|0", "names 3 files instead of 2, or 4 with pitch")]
    [InlineData("{gt}|{feature}|{pitch}|{fine}|abc", "names abc as its speaker, which is not a number")]
    [InlineData("{gt} | {feature} | {pitch} | {fine} | 0", "10 of 10 lines have spaces around paths, which trainers take for a part of them")]
    [InlineData("{gt}|{feature}|{pitch}|{fine}|0  ", "")]
    [InlineData("{gt}|{feature}|0", "")]
    public void Each_field_stands_where_RVC_looks_for_it(string line, string said)
    {
        var messages = Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => line.Replace("{gt}", $"{Home}/0_gt_wavs/0_{i}.wav", StringComparison.Ordinal).Replace("{feature}", $"{Home}/3_feature768/0_{i}.npy", StringComparison.Ordinal)
            .Replace("{pitch}", $"{Home}/2a_f0/0_{i}.wav.npy", StringComparison.Ordinal).Replace("{fine}", $"{Home}/2b-f0nsf/0_{i}.wav.npy", StringComparison.Ordinal))])).Findings.Select(f => f.Message.Value);

        messages.Should().HaveCount(said.Length == 0 ? 0 : 1);
        messages.All(m => m.Contains(said, StringComparison.Ordinal)).Should().BeTrue();
    }

    [Fact]
    public void A_list_that_takes_the_copies_for_the_recordings_fails()
    {
        var run = Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i).Replace("0_gt_wavs", "1_16k_wavs", StringComparison.Ordinal))]);
        for (var i = 0; i < 10; i++)
        {
            run.With(ArtifactRole.Recordings16k, $"1_16k_wavs/0_{i}.wav", WaveBytes.OfFloats(new float[160], rate: 16_000));
        }

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("has 1_16k_wavs/0_0.wav in column 1, which is for 0_gt_wavs");
    }

    [Fact]
    public void A_byte_order_mark_and_a_NUL_are_told()
    {
        string[] lines = [.. Enumerable.Range(0, 10).Select(i => Line(i))];

        Judge(Rvc(lines, new UTF8Encoding(true))).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("filelist.txt begins with a byte order mark, which trainers take for a part of the first path");
        Judge(Rvc([.. lines[..9], lines[9].Replace(".wav|", "\0.wav|", StringComparison.Ordinal)])).Findings.Select(f => f.Message.Value).Should().Contain("filelist.txt holds NUL characters, which no path may hold");
    }

    [Fact]
    public void Nothing_that_a_list_names_is_opened()
        => Judge(Rvc([.. Enumerable.Range(0, 10).Select(i => Line(i)), "/etc/passwd|../../../etc/passwd.npy|0"])).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("not there");

    [Fact]
    public void Lists_of_so_vits_svc_name_a_recording_a_line_and_do_not_overlap()
    {
        GateRun Of(params int[] validation)
        {
            var run = new GateRun();
            for (var i = 0; i < 6; i++)
            {
                run.With(ArtifactRole.Recordings, $"dataset/44k/ann/{i}.wav", WaveBytes.OfFloats(new float[100])).With(ArtifactRole.Features, $"dataset/44k/ann/{i}.wav.soft.pt", []);
            }

            string Lines(IEnumerable<int> of) => string.Concat(of.Select(i => $"./dataset/44k/ann/{i}.wav\n"));
            return run.With(ArtifactRole.FileList, "filelists/train.txt", Encoding.UTF8.GetBytes(Lines(Enumerable.Range(0, 4)))).With(ArtifactRole.FileList, "filelists/val.txt", Encoding.UTF8.GetBytes(Lines(validation)));
        }

        Judge(Of(4, 5)).Findings.Should().BeEmpty();
        Judge(Of(3, 4, 5)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("names what another line names: line 1 of val.txt ann/3.wav");
        Judge(Of(4, 5, 6)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("line 3 of val.txt ann/6.wav");
    }

    [Fact]
    public void The_list_of_GPT_SoVITS_names_segments_by_their_recording_alone()
    {
        GateRun Of(params string[] lines)
        {
            var run = new GateRun();
            foreach (var name in new[] { "a.wav", "b.wav" })
            {
                run.With(ArtifactRole.Recordings, $"5-wav32k/{name}", WaveBytes.OfFloats(new float[100])).With(ArtifactRole.Features, $"4-cnhubert/{name}.pt", []);
            }

            return run.With(ArtifactRole.FileList, "2-name2text.txt", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        }

        Judge(Of("a.wav\tHH AH0 . wav/x.wav\t[2]\thello", "b.wav\tW ER1\t[2]\t世界")).Findings.Should().BeEmpty();
        Judge(Of("a.wav\tHH\t[1]\thm", "b.wav\tW\t[1]\tw", "c.wav\tW\t[1]\tw")).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("line 3 of 2-name2text.txt c.wav");
    }

    [Fact]
    public void A_second_table_of_the_same_segments_is_no_repetition()
    {
        var run = new GateRun().With(ArtifactRole.Recordings, "5-wav32k/a.wav", WaveBytes.OfFloats(new float[100])).With(ArtifactRole.Features, "4-cnhubert/a.wav.pt", [])
            .With(ArtifactRole.FileList, "2-name2text.txt", "a.wav\tHH\t[1]\thm\n"u8.ToArray()).With(ArtifactRole.FileList, "6-name2semantic.tsv", "item_name\tsemantic_audio\na.wav\t1 2\n"u8.ToArray());

        Judge(run).Findings.Should().BeEmpty();
    }

    [Fact]
    public void An_empty_list_cannot_be_judged() => Judge(Rvc([])).IsInconclusive.Should().BeTrue();

    private static string Line(int segment, int? features = null)
        => $"{Home}/0_gt_wavs/0_{segment}.wav|{Home}/3_feature768/0_{features ?? segment}.npy|{Home}/2a_f0/0_{segment}.wav.npy|{Home}/2b-f0nsf/0_{segment}.wav.npy|0";

    private static string Mute(int rate)
        => $"D:\\\\RVC/logs/mute/0_gt_wavs/mute{rate}k.wav|D:\\\\RVC/logs/mute/3_feature768/mute.npy|D:\\\\RVC/logs/mute/2a_f0/mute.wav.npy|D:\\\\RVC/logs/mute/2b-f0nsf/mute.wav.npy|0";

    private static GateRun Rvc(string[] lines, Encoding? encoding = null)
    {
        var run = new GateRun().With(ArtifactRole.FileList, "filelist.txt", [.. (encoding ?? Encoding.UTF8).GetPreamble().Where(_ => encoding is not null), .. (encoding ?? Encoding.UTF8).GetBytes(string.Join('\n', lines))]);
        for (var i = 0; i < 10; i++)
        {
            run.With(ArtifactRole.Recordings, $"0_gt_wavs/0_{i}.wav", WaveBytes.OfFloats(new float[480])).With(ArtifactRole.Features, $"3_feature768/0_{i}.npy", [])
                .With(ArtifactRole.Pitch, $"2a_f0/0_{i}.wav.npy", []).With(ArtifactRole.FinePitch, $"2b-f0nsf/0_{i}.wav.npy", []);
        }

        return run;
    }

    private static Judgement Judge(GateRun run, FileListMustMatchItsFolders.Options? options = null)
        => run.Judge(new FileListMustMatchItsFolders(), options ?? new()).Should().ContainSingle().Subject.Judgement;
}
