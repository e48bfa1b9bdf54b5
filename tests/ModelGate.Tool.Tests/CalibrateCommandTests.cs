using System.Buffers.Binary;

namespace ModelGate.Tool.Tests;

public sealed class CalibrateCommandTests : IDisposable
{
    private const int Rate = 16_000;

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void The_configuration_that_it_prints_passes_the_good_files_and_fails_the_bad_ones()
    {
        Write(15);

        var result = Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad"), "--format", "config");

        result.ExitCode.Should().Be(0, result.Output + result.Error);
        foreach (var kind in new[] { "good", "bad" })
        {
            File.WriteAllText(At(kind, "gate.config.json"), result.Output);
            var check = Tool.Run("check", At(kind), "--format", "json");
            check.ExitCode.Should().Be(kind == "good" ? 0 : 1, check.Output);
            var outcomes = check.Json.GetProperty("results").EnumerateArray().Select(r => (File: r.GetProperty("artifact").GetString(), Outcome: r.GetProperty("outcome").GetString())).ToArray();
            outcomes.Select(o => o.File).Distinct().Should().HaveCount(15);
            outcomes.GroupBy(o => o.File).Should().OnlyContain(f => f.Any(o => o.Outcome == "failed") == (kind == "bad"));
        }
    }

    [Fact]
    public void Patterns_folders_and_lists_of_files_name_the_same()
    {
        Write(12);

        var folders = Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad"), "--format", "json");
        var patterns = Tool.Run("calibrate", "--good", At("good", "*.wav"), "--bad", At("b?d", "**", "*"), "--format", "json");
        var files = Tool.Run(["calibrate", "--good", .. Directory.GetFiles(At("good")), "--bad", .. Directory.GetFiles(At("bad")), "--format", "json"]);

        folders.ExitCode.Should().Be(0, folders.Output + folders.Error);
        patterns.Output.Should().Be(folders.Output);
        files.Output.Should().Be(folders.Output);
        folders.Json.GetProperty("caught").GetProperty("count").GetInt32().Should().Be(12);
    }

    [Fact]
    public void Reports_are_written_over_its_own_and_never_over_another_file()
    {
        Write(12);
        string[] command = ["calibrate", "--good", At("good"), "--bad", At("bad"), "--report", "html=" + At("page.html"), "--report", "config=" + At("gate.config.json"), "--report", "json=" + At("c.json"), "--report", "console=" + At("c.txt")];

        Tool.Run(command).ExitCode.Should().Be(0);
        var page = File.ReadAllText(At("page.html"));
        page.Should().StartWith("<!DOCTYPE html>").And.Contain("spectral-flatness").And.NotContain("<script");
        Tool.Run(command).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("c.txt would overwrite a file that modelgate did not write"));
        Tool.Run([.. command[..^2]]).ExitCode.Should().Be(0);
        File.ReadAllText(At("page.html")).Should().Be(page);

        File.WriteAllText(At("gate.config.json"), "{}");
        Tool.Run([.. command[..^2]]).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("gate.config.json would overwrite a file that modelgate did not write"));
    }

    [Fact]
    public void Too_few_files_are_a_guess_whose_limits_stand_in_comments()
    {
        Write(2);

        var result = Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad"), "--format", "config");

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("at least three of each are needed").And.MatchRegex("\n    // \"output\\.");
        Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad")).Output.Should().StartWith("too few files: these limits are a guess\n");
    }

    [Fact]
    public void Outputs_are_compared_with_references_of_their_names()
    {
        Write(12);
        Directory.CreateDirectory(At("references"));
        foreach (var file in Directory.GetFiles(At("good")))
        {
            File.Copy(file, At("references", Path.GetFileName(file)));
        }

        var result = Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad"), "--reference", At("references"), "--signal", "mel-cepstral-distortion", "--format", "config");

        result.ExitCode.Should().Be(0, result.Output + result.Error);
        result.Output.Should().Contain("\"mel-must-resemble-reference\": { \"distortion\": ").And.Contain("\"reference\": ");
        Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad"), "--signal", "mel-cepstral-distortion").Error.Should().Contain("name the references with --reference");
        Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad"), "--reference", At("references"), "--reference-name", "{name}_x").Error.Should().Contain("none has a name that belongs to");
    }

    // A reference of 500 Hz beside outputs of 16 kHz.
    [Fact]
    public void A_pair_that_cannot_be_compared_is_an_error_for_a_good_file_and_told_of_a_bad_one()
    {
        Write(4);
        Directory.CreateDirectory(At("references"));
        for (var i = 0; i < 5; i++)
        {
            File.Copy(At("good", $"{i % 4}.wav"), At("references", $"{i}.wav"));
        }

        WriteWave(At("bad", "4.wav"), n => n % 2 == 0 ? 0.3 : -0.3);
        string[] command = ["calibrate", "--good", At("good"), "--bad", At("bad"), "--reference", At("references"), "--signal", "mel-cepstral-distortion"];
        Tool.Run(command).Error.Should().NotContain("cannot be");

        SetRate(At("references", "4.wav"), 500);
        Tool.Run(command).Error.Should().Contain("4.wav is named as bad and cannot be compared with its reference").And.Contain("500 Hz are too far apart");

        SetRate(At("references", "2.wav"), 500);
        Tool.Run(command).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("2.wav is named as good and cannot be compared with its reference") && r.Error.Contains("500 Hz are too far apart"));
    }

    private static void SetRate(string path, int rate)
    {
        var bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 2 * rate);
        File.WriteAllBytes(path, bytes);
    }

    [Fact]
    public void Copies_count_once_and_are_an_error_among_good_and_bad()
    {
        Write(12);
        File.Copy(At("good", "3.wav"), At("good", "copy.wav"));

        Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad")).Output.Should().Contain("1 file is a copy and does not count").And.Contain("and 0 of 12 good files");

        File.Copy(At("good", "3.wav"), At("bad", "copy.wav"));
        Tool.Run("calibrate", "--good", At("good"), "--bad", At("bad")).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("hold the same bytes"));
    }

    [Fact]
    public void Wrong_usage_is_told_in_one_sentence()
    {
        Write(3);
        var (good, bad) = (At("good"), At("bad"));

        Tool.Run("calibrate", "--good", good).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("--bad"));
        Tool.Run("calibrate", "--good", good, "--bad", At("good", "0.wav")).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("is named as good and as bad"));
        Tool.Run("calibrate", "--good", At("nowhere"), "--bad", bad).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("nowhere"));
        Tool.Run("calibrate", "--good", At("x*"), "--bad", bad).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("--good: there is no file in"));
        Tool.Run("calibrate", "--good", good, "--bad", bad, "--signal", "spectral-flatnes").Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("spectral-flatness"));
        Tool.Run("calibrate", "--good", good, "--bad", bad, "--false-alarms", "1").Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("a share from 0 to below 1"));
        Tool.Run("calibrate", "--good", good, "--bad", bad, "--format", "xml").Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("calibrate cannot print"));
        Tool.Run("calibrate", "--good", good, "--bad", bad, "--report", "html").Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("--report takes FORMAT=FILE"));

        File.WriteAllText(At("good", "9.wav"), "hello");
        Tool.Run("calibrate", "--good", good, "--bad", bad).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("9.wav is named as good and cannot be read"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Good: a voice of eight partials that pauses; bad: noise as loud.
    private void Write(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new Random(i);
            var pitch = 100 + (10 * random.NextDouble());
            WriteWave(At("good", $"{i}.wav"), n => n / 4000 % 3 == 2 ? 0 : Enumerable.Range(1, 8).Sum(k => Math.Sin(2 * Math.PI * k * pitch * n / Rate) / k) * (0.15 + (0.05 * random.NextDouble())));
            WriteWave(At("bad", $"{i}.wav"), _ => 0.3 * ((2 * random.NextDouble()) - 1));
        }
    }

    private static void WriteWave(string path, Func<int, double> sample)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bytes = new byte[44 + (2 * Rate)];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 2 * Rate);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * Rate);
        for (var n = 0; n < Rate; n++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + (2 * n)), (short)(32767 * sample(n)));
        }

        File.WriteAllBytes(path, bytes);
    }

    private string At(params string[] parts) => Path.Combine([folder, .. parts]);
}
