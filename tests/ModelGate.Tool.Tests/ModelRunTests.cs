using System.Buffers.Binary;
using System.Text;

namespace ModelGate.Tool.Tests;

/// <summary>What a user sees who has modelgate-torch, or has not: a script stands for it, so that no libtorch is needed.</summary>
public sealed class ModelRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void Without_the_program_one_sentence_says_how_to_get_it()
    {
        using var runs = new ModelRunFolder(_ => null);
        Assert.SkipWhen(TorchProgram.Find(_ => null, AppContext.BaseDirectory, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) is not null, "modelgate-torch is installed here");

        runs.Run(new(new("/m.pth", ModelRuns.ModelRunFormat.Weights), []), new(TimeSpan.FromSeconds(1), 1), TestContext.Current.CancellationToken).Unavailable.Value
            .Should().Be("running a model requires modelgate-torch, which is not installed: dotnet tool install --global ModelGate.Torch");
    }

    [Fact]
    public void The_environment_names_it_before_all_else()
    {
        var file = Path.Combine(folder, "elsewhere");
        File.WriteAllText(file, "");
        File.WriteAllText(Path.Combine(folder, OperatingSystem.IsWindows() ? "modelgate-torch.exe" : "modelgate-torch"), "");

        TorchProgram.Find(n => n == TorchProgram.Variable ? file : null, folder, "").Should().Equal(file);
        ((Action)(() => TorchProgram.Find(n => n == TorchProgram.Variable ? "/no/such" : null, folder, ""))).Should().Throw<IOException>().WithMessage("MODELGATE_TORCH names /no/such, and there is no such file");
    }

    [Fact]
    public void A_dll_is_started_by_dotnet()
    {
        var (file, host) = (Path.Combine(folder, "modelgate-torch.dll"), Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        File.WriteAllText(file, "");
        File.WriteAllText(host, "");
        IReadOnlyList<string>? Find(string variable, string value) => TorchProgram.Find(n => n == TorchProgram.Variable ? file : n == variable ? value : null, "", "");

        Find("DOTNET_HOST_PATH", host).Should().Equal(host, file);
        Find("PATH", string.Join(Path.PathSeparator, "relative", folder)).Should().Equal(host, file);
        Find("DOTNET_ROOT", folder).Should().Equal(host, file);
        ((Action)(() => Find("PATH", Path.GetRelativePath(Environment.CurrentDirectory, folder)))).Should().Throw<IOException>().WithMessage("*no absolute folder of PATH has dotnet");
    }

    [Fact]
    public void Else_it_lies_beside_the_tool_or_on_the_PATH()
    {
        var file = Path.Combine(folder, OperatingSystem.IsWindows() ? "modelgate-torch.exe" : "modelgate-torch");
        File.WriteAllText(file, "");

        TorchProgram.Find(_ => null, folder, "").Should().Equal(file);
        TorchProgram.Find(n => n == "PATH" ? string.Join(Path.PathSeparator, "relative", folder) : null, "/none", "").Should().Equal(file);
    }

    [Fact]
    public void The_folder_of_a_run_ends_with_it()
    {
        string path;
        using (var runs = new ModelRunFolder(_ => null))
        {
            path = runs.Folder;
            File.WriteAllText(Path.Combine(path, "a.wav"), "a");
        }

        Directory.Exists(path).Should().BeFalse();
    }

    [Theory]
    [InlineData("lexi.pth/0_1.wav", "lexi.pth/0_1.wav")]
    [InlineData("../weights/ö\u202e.pth/0 1.wav", "weights/ö_.pth/0 1.wav")]
    [InlineData("C:/.../x.wav", "C_/x.wav")]
    [InlineData("声/नमस्ते-あ.wav", "声/नमस्ते-あ.wav")]
    public void Recordings_are_kept_where_the_user_wants_them(string name, string kept)
    {
        using var runs = new ModelRunFolder(_ => null, Path.Combine(folder, "kept"));
        var made = Path.Combine(runs.Folder, "1.wav");
        File.WriteAllBytes(made, Wave());

        runs.Keep(made, name);
        runs.Keep(made, name);

        var file = Path.Combine(folder, "kept", kept);
        var bytes = File.ReadAllBytes(file);
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)).Should().Be((uint)bytes.Length - 8, "a player reads on behind the samples");
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Should().ContainSingle();
        Tool.Run("inspect", file).Output.Should().Contain("8000 Hz");
    }

    [Fact]
    public void What_others_wrote_is_not_overwritten()
    {
        var file = Path.Combine(folder, "lexi.pth", "0_1.wav");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, Wave());
        using var runs = new ModelRunFolder(_ => null, folder);
        var made = Path.Combine(runs.Folder, "1.wav");
        File.WriteAllBytes(made, Wave());

        runs.Keep(made, "lexi.pth/0_1.wav");
        (runs.Kept, runs.Problems.Single().Value).Should().Be((0, $"the copy {file} would overwrite a file that modelgate did not write; --overwrite allows it"));
        using var bold = new ModelRunFolder(_ => null, folder, overwrite: true);
        bold.Keep(made, "lexi.pth/0_1.wav");
        bold.Kept.Should().Be(1);
    }

    [Fact]
    public void No_recording_takes_the_place_of_another()
    {
        using var runs = new ModelRunFolder(_ => null, folder);
        var made = Path.Combine(runs.Folder, "1.wav");
        File.WriteAllBytes(made, Wave());

        foreach (var name in new[] { "a.pth/\u2603.wav", "a.pth/\u2604.wav", "../a.pth/\u2603.wav", "A.pth/_.wav" })
        {
            runs.Keep(made, name);
        }

        runs.Kept.Should().Be(4);
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Should().BeEquivalentTo("a.pth/_.wav", "a.pth/_-2.wav", "a.pth/_-3.wav", "A.pth/_-4.wav");
    }

    [Theory]
    [InlineData(ExitCode.Passed, ExitCode.CouldNotJudge)]
    [InlineData(ExitCode.Failed, ExitCode.Failed)]
    [InlineData(ExitCode.CouldNotJudge, ExitCode.CouldNotJudge)]
    public void A_verdict_of_failed_stands_where_a_recording_cannot_be_kept(int before, int after)
    {
        var file = Path.Combine(folder, "a file");
        File.WriteAllText(file, "");
        using var runs = new ModelRunFolder(_ => null, Path.Combine(file, "below"));
        var made = Path.Combine(runs.Folder, "1.wav");
        File.WriteAllBytes(made, Wave());
        using var told = new StringWriter();

        runs.Keep(made, "a.wav");

        KeptAudio.Tell(new Session(TextWriter.Null, told, CancellationToken.None), runs, quiet: false, before).Should().Be(after);
        told.ToString().Should().StartWith("modelgate: the copy ").And.Contain("cannot be written");
    }

    [Fact]
    public void They_lie_beside_the_first_HTML_report_where_no_folder_is_named()
    {
        ReportFile[] reports = [ReportFile.Parse("json=out/a.json"), ReportFile.Parse("html=out/report.html")];

        KeptAudio.FolderOf(null, reports).Should().Be("out/report.audio");
        KeptAudio.FolderOf("here", reports).Should().Be("here");
        KeptAudio.FolderOf(null, reports[..1]).Should().BeNull();
    }

    [Fact]
    public void TorchScript_is_refused_without_the_switch()
    {
        File.Copy(Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures", "torch1", "gain.torchscript.pt"), Path.Combine(folder, "gain.pt"));
        File.WriteAllText(Path.Combine(folder, "gate.config.json"), """{ "artifacts": { "model": "gain.pt" }, "gates": { "model-must-run": { "inputs": "in.safetensors" } } }""");

        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("gain.pt is a TorchScript program, which is run only with --allow-torchscript");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // A tenth of a second of silence.
    private static byte[] Wave()
    {
        const int Samples = 800;
        var bytes = new byte[44 + (2 * Samples)];
        Encoding.ASCII.GetBytes("RIFF").CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(bytes, 8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), 8000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 16000);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data").CopyTo(bytes, 36);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * Samples);
        return bytes;
    }
}
