using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelGate.ModelRuns;

namespace ModelGate.Tool;

/// <summary>
/// One start of <c>modelgate-torch run</c>: the request goes in, answers come out line by line. Its time, memory and files are watched, and whatever it does, it is stopped and the
/// caller hears at which step.
/// </summary>
/// <param name="program">The program and its first arguments.</param>
/// <param name="folder">The folder that it works in.</param>
/// <param name="limits">What it may cost.</param>
internal sealed class ModelRunProcess(IReadOnlyList<string> program, string folder, ModelRunLimits limits)
{
    private const string Name = "modelgate-torch";
    private const int Quoted = 300;
    private const int LongestLine = 4 << 20;
    private const long MostWritten = 2L << 30;
    private const int FirstSignal = 128;

    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(50);

    // What a process wrote is read within this time of its end; a child that outlives it may hold its pipes open for ever.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly List<ModelRunAnswer> answers = [];
    private readonly Lock watch = new();
    private ModelRunEndKind? stopped;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the process is gone.</exception>
    public ModelRunReport Run(ModelRunRequest request, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Start() };
        try
        {
            process.Start();
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            return ModelRunReport.None(SafeText.Of($"{program[0]} could not be started: {(fault is Win32Exception native ? new Win32Exception(native.NativeErrorCode) : fault).Message.TrimEnd('.')}"));
        }

        // Ctrl-C gives a command less than a second: the process must be gone by then, wherever the rest stands.
        using var cancelled = cancellation.Register(() => ProcessTree.Kill(process));
        using var ended = new CancellationTokenSource();
        using var talk = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = WatchOver(process, talk, ended.Token);
        var errors = new LastWords(process.StandardError, talk.Token);
        try
        {
            var wrong = Talk(process, request, talk.Token);
            if (wrong is not null || Stopped is not null)
            {
                ProcessTree.Kill(process);
            }

            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            var end = EndOf(process, request, wrong, errors);
            return end is not null && answers.Count == 0 && Stopped is null && process.ExitCode == ModelRunProtocol.NotUnderstood
                ? ModelRunReport.None(SafeText.Of($"{Name} does not understand what this modelgate asks: install the same version of both{Said(errors)}"))
                : new ModelRunReport(answers) { End = end };
        }
        finally
        {
            ended.Cancel();
            ProcessTree.Kill(process);
            watching.GetAwaiter().GetResult();
            talk.Cancel();
        }
    }

    private ModelRunEndKind? Stopped
    {
        get
        {
            lock (watch)
            {
                return stopped;
            }
        }

        set
        {
            lock (watch)
            {
                stopped = value;
            }
        }
    }

    private ProcessStartInfo Start()
    {
        var start = StartInfo();

        // Debuggers and profilers would leave their pipes behind when it is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";

        // Set before it starts: a variable that .NET sets later does not reach native libraries on Unix.
        start.Environment[ModelRunProtocol.NoTelemetry] = "1";

        // A tool that is killed outright can kill nobody: the process ends itself when it is alone.
        start.Environment[ModelRunProtocol.Parent] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return start;
    }

    private ProcessStartInfo StartInfo() => new(program[0], [.. program.Skip(1), "run"])
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        CreateNoWindow = true,
    };

    // Null where the process kept to the protocol, whether or not it answered everything.
    private SafeText? Talk(Process process, ModelRunRequest request, CancellationToken cancellation)
    {
        try
        {
            Ask(process, request, cancellation);
            return Listen(process, request, cancellation);
        }
        catch (OperationCanceledException)
        {
            // It was stopped, or ended and left a child that holds its pipes: its exit says how.
            return null;
        }
    }

    private static void Ask(Process process, ModelRunRequest request, CancellationToken cancellation)
    {
        try
        {
            using var input = process.StandardInput.BaseStream;
            input.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request, ModelRunJson.Default.ModelRunRequest), (byte)'\n'], cancellation).AsTask().GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // It ended before it had read all; how, its exit says.
        }
    }

    private SafeText? Listen(Process process, ModelRunRequest request, CancellationToken cancellation)
    {
        using var output = process.StandardOutput.BaseStream;
        var lines = new BoundedLines(output, LongestLine);
        while (answers.Count < request.Steps.Count)
        {
            if (lines.Next(cancellation) is not { } line)
            {
                return lines.IsTooLong ? SafeText.Of($"{Name} answered with more than {LongestLine} bytes in a line") : null;
            }

            if (Parse(line) is not { } answer)
            {
                return SafeText.Of($"{Name} answered with what is not part of its protocol: {Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, Quoted)))}");
            }

            if (answer.Step != answers.Count)
            {
                return SafeText.Of($"{Name} answered step {answer.Step} where step {answers.Count} was asked for");
            }

            lock (answers)
            {
                answers.Add(answer);
            }
        }

        return null;
    }

    private static ModelRunAnswer? Parse(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ModelRunJson.Default.ModelRunAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What was answered counts, however the process ends once it has answered everything.
    private ModelRunEnd? EndOf(Process process, ModelRunRequest request, SafeText? wrong, LastWords errors)
    {
        if (wrong is null && answers.Count == request.Steps.Count)
        {
            return null;
        }

        var activity = SafeText.From(request.Steps[Math.Min(answers.Count, request.Steps.Count - 1)].Activity);
        return (Stopped, wrong) switch
        {
            (ModelRunEndKind.TookTooLong, _) => new(ModelRunEndKind.TookTooLong, SafeText.Of($"{Name} was stopped after {limits.Time.TotalSeconds:0.##} s {activity}")),
            (ModelRunEndKind.UsedTooMuchMemory, _) => new(ModelRunEndKind.UsedTooMuchMemory, SafeText.Of($"{Name} used more than {limits.Memory >> 20} MiB of memory {activity}, and was stopped")),
            (ModelRunEndKind.WroteTooMuch, _) => new(ModelRunEndKind.WroteTooMuch, SafeText.Of($"{Name} wrote more than {MostWritten >> 20} MiB {activity}, and was stopped")),
            (_, { } unintelligible) => new(ModelRunEndKind.Unintelligible, unintelligible),
            _ => new(ModelRunEndKind.Crashed, SafeText.Of($"{Name} ended {How(process.ExitCode)} {activity}{Said(errors)}")),
        };
    }

    private static SafeText How(int exitCode)
        => !OperatingSystem.IsWindows() && exitCode > FirstSignal ? SafeText.Of($"with signal {exitCode - FirstSignal}") : SafeText.Of($"with exit code {exitCode}");

    private static SafeText Said(LastWords errors)
        => errors.After(TimeSpan.FromSeconds(1)) is { Length: > 0 } words ? SafeText.Of($" (its last words: {words})") : SafeText.Empty;

    private async Task WatchOver(Process process, CancellationTokenSource talk, CancellationToken ended)
    {
        var (answered, since) = (0, Stopwatch.GetTimestamp());
        var before = Written();
        while (true)
        {
            try
            {
                await Task.Delay(Watch, ended).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            int now;
            lock (answers)
            {
                now = answers.Count;
            }

            if (now != answered)
            {
                (answered, since) = (now, Stopwatch.GetTimestamp());
            }

            if (process.HasExited)
            {
                talk.CancelAfter(Grace);
                return;
            }

            ModelRunEndKind? kind = Stopwatch.GetElapsedTime(since) > limits.Time ? ModelRunEndKind.TookTooLong
                : ProcessTree.Memory(process) > limits.Memory ? ModelRunEndKind.UsedTooMuchMemory
                : Written() - before > MostWritten ? ModelRunEndKind.WroteTooMuch
                : null;
            if (kind is not null)
            {
                Stopped = kind;
                ProcessTree.Kill(process);
                talk.CancelAfter(Grace);
                return;
            }
        }
    }

    private long Written()
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A file that has gone since it was listed.
            return 0;
        }
    }
}
