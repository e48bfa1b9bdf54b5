using System.Diagnostics;
using ModelGate.ModelRuns;

namespace ModelGate.Tool.Tests;

/// <summary>Programs that do what modelgate-torch never should, and some that do what it does.</summary>
public sealed class ModelRunProcessTests : IDisposable
{
    private const string FirstAnswer = """echo '{"step":0,"ok":true}'""";

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;
    private readonly string work = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public ModelRunProcessTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are shell scripts");

    [Fact]
    public void Answers_are_read_in_their_order()
    {
        var report = Run("""
            cat > request.json
            echo '{"step":0,"ok":true,"parameters":7,"missing":["a"],"unheard-of":{"x":[1]}}'
            echo '{"step":1,"ok":false,"problem":"it is odd"}'
            """);

        (report.End, report.Unavailable.IsEmpty).Should().Be((null, true));
        report.Answers.Select(a => (a.Step, a.Ok, a.Parameters, a.Problem)).Should().Equal((0, true, 7L, null), (1, false, null, "it is odd"));
        File.ReadAllText(Path.Combine(work, "request.json")).Should().StartWith("""{"model":{"path":"/m.pth",""").And.EndWith("\"protocol\":1,\"threads\":1}\n");
    }

    [Theory]
    [InlineData("kill -SEGV $$", "Crashed", "modelgate-torch ended with signal 11 while running the model")]
    [InlineData("echo 'out of luck' >&2; exit 7", "Crashed", "modelgate-torch ended with exit code 7 while running the model (its last words: out of luck)")]
    [InlineData("exit 0", "Crashed", "modelgate-torch ended with exit code 0 while running the model")]
    [InlineData("echo 'Loading...'", "Unintelligible", "modelgate-torch answered with what is not part of its protocol: Loading...")]
    [InlineData("printf '\\033[31m{\\n'", "Unintelligible", @"modelgate-torch answered with what is not part of its protocol: \x1b[31m{")]
    [InlineData("""echo '{"step":5,"ok":true}'""", "Unintelligible", "modelgate-torch answered step 5 where step 1 was asked for")]
    [InlineData("""echo '{"step":1}'""", "Unintelligible", """modelgate-torch answered with what is not part of its protocol: {"step":1}""")]
    [InlineData("""printf '{"step":1,"ok":true}'""", "Crashed", "modelgate-torch ended with exit code 0 while running the model")]
    [InlineData("exec yes | tr -d '\\n'", "Unintelligible", "modelgate-torch answered with more than 4194304 bytes in a line")]
    public void What_goes_wrong_is_said_with_its_step(string then, string kind, string sentence)
    {
        var report = Run($"{FirstAnswer}\n{then}");

        report.Answers.Should().ContainSingle("the first step was done");
        (report.End!.Kind.ToString(), report.End.Sentence.Value).Should().Be((kind, sentence));
    }

    [Fact]
    public void One_that_hangs_is_stopped_with_its_children()
    {
        var watch = Stopwatch.StartNew();
        var report = Run($"{FirstAnswer}\nsleep 300 & echo $! > child; sleep 300", TimeSpan.FromSeconds(5));

        report.End!.Sentence.Value.Should().Be("modelgate-torch was stopped after 5 s while running the model");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(120));
        Gone(int.Parse(File.ReadAllText(Path.Combine(work, "child")))).Should().BeTrue();
    }

    [Fact]
    public void A_child_that_outlives_it_holds_nothing_up()
    {
        var watch = Stopwatch.StartNew();
        var report = Run($"{FirstAnswer}\necho dying >&2; sleep 300 & echo $! > child; exit 139", TimeSpan.FromSeconds(200));

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(150), "it holds the pipes for 300 s, and the limit is 200 s");
        (report.End!.Kind, report.End.Sentence.Value).Should().Be((ModelRunEndKind.Crashed, "modelgate-torch ended with signal 11 while running the model (its last words: dying)"));
        Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(work, "child")))).Kill();
    }

    [Fact]
    public void ONNX_Runtime_is_told_to_send_nothing()
        => Run("""echo "{\"step\":0,\"ok\":false,\"problem\":\"$ORT_DISABLE_TELEMETRY\"}"; echo '{"step":1,"ok":true}'""").Answers[0].Problem.Should().Be("1");

    [Fact]
    public void Files_of_an_earlier_run_are_not_its_own()
    {
        using (var file = File.Create(Path.Combine(work, "earlier.wav")))
        {
            file.SetLength(3L << 30);
        }

        Run("""sleep 1; echo '{"step":0,"ok":true}'; echo '{"step":1,"ok":true}'""").End.Should().BeNull();
    }

    [Fact]
    public void One_that_closes_its_output_and_stays_is_stopped()
        => Run($"{FirstAnswer}\nexec >&-; sleep 300", TimeSpan.FromSeconds(5)).End!.Kind.Should().Be(ModelRunEndKind.TookTooLong);

    [Fact]
    public void One_that_hoards_memory_is_stopped()
    {
        var report = Run($"{FirstAnswer}\nx=$(head -c 200000000 /dev/zero | tr '\\0' x); sleep 300", TimeSpan.FromSeconds(60), memory: 64 << 20);

        report.End!.Sentence.Value.Should().Be("modelgate-torch used more than 64 MiB of memory while running the model, and was stopped");
    }

    [Fact]
    public void One_that_fills_the_disk_is_stopped()
        => Run($"{FirstAnswer}\ntruncate -s 3G big; sleep 300", TimeSpan.FromSeconds(60)).End!.Sentence.Value.Should().Be("modelgate-torch wrote more than 2048 MiB while running the model, and was stopped");

    [Fact]
    public void Much_said_on_standard_error_stops_nothing()
        => Run("""head -c 2000000 /dev/zero | tr '\0' 'x' >&2; echo '{"step":0,"ok":true}'; echo '{"step":1,"ok":true}'""").End.Should().BeNull();

    [Fact]
    public void One_that_does_not_read_its_request_may_answer_all_the_same()
        => Run("""echo '{"step":0,"ok":true}'; echo '{"step":1,"ok":true}'""").Answers.Should().HaveCount(2);

    [Fact]
    public void What_was_answered_counts_however_it_ends()
        => Run("""echo '{"step":0,"ok":true}'; echo '{"step":1,"ok":true}'; kill -ABRT $$""").End.Should().BeNull();

    [Fact]
    public void Another_version_is_said_so()
        => Run("echo 'protocol 1 is not known' >&2; exit 3").Unavailable.Value.Should().Be("modelgate-torch does not understand what this modelgate asks: install the same version of both (its last words: protocol 1 is not known)");

    [Fact]
    public void A_program_that_cannot_be_started_is_said_so()
        => new ModelRunProcess([Path.Combine(folder, "none")], work, Limits(TimeSpan.FromSeconds(5))).Run(Request, CancellationToken.None).Unavailable.Value.Should().Contain("could not be started");

    [Fact]
    public async Task Ctrl_C_ends_it_at_once()
    {
        using var source = new CancellationTokenSource();
        var running = Task.Run(() => Run("echo $$ > self; sleep 300", TimeSpan.FromSeconds(60), cancellation: source.Token), TestContext.Current.CancellationToken);
        var self = Path.Combine(work, "self");
        while (!File.Exists(self) || File.ReadAllText(self).Length == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await source.CancelAsync();
        await ((Func<Task>)(() => running)).Should().ThrowAsync<OperationCanceledException>();
        Gone(int.Parse(File.ReadAllText(self))).Should().BeTrue();
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        Directory.Delete(work, recursive: true);
    }

    private static ModelRunRequest Request => new(new RequestedModel("/m.pth", ModelRunFormat.Weights), [new ModelRunStep.Load(), new ModelRunStep.Run()]);

    private static ModelRunLimits Limits(TimeSpan time, long memory = 1L << 30) => new(time, memory);

    private static bool Gone(int id)
    {
        for (var i = 0; i < 100; i++)
        {
            // A child that ended waits as a zombie for whoever inherits it.
            if (!File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal))
            {
                return true;
            }

            Thread.Sleep(50);
        }

        return false;
    }

    private ModelRunReport Run(string script, TimeSpan? time = null, long memory = 1L << 30, CancellationToken cancellation = default)
    {
        var file = Path.Combine(folder, "modelgate-torch");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        return new ModelRunProcess(["/bin/sh", file], work, Limits(time ?? TimeSpan.FromSeconds(60), memory)).Run(Request, cancellation);
    }
}
