using System.Diagnostics;
using System.Globalization;

namespace ModelGate.Fuzz;

/// <summary>What the tool takes for a file: time and peak memory, above an empty run of the same program.</summary>
/// <param name="Elapsed">The time.</param>
/// <param name="Peak">The peak of the resident memory, in bytes.</param>
/// <param name="ExitCode">The exit code; null where it was stopped.</param>
internal sealed record ToolCost(TimeSpan Elapsed, long Peak, int? ExitCode)
{
    /// <summary>What a file may take however short it is.</summary>
    public const long FreeBytes = 64L << 20;

    /// <summary>What it may take for each of its bytes.</summary>
    public const int BytesPerByte = 4;

    /// <summary>How long a file may take for each of its megabytes.</summary>
    public static readonly TimeSpan TimePerMegabyte = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Runs the tool: a native program, or modelgate.dll.</summary>
    public static ToolCost Of(string tool, params string[] arguments)
    {
        var start = tool.EndsWith(".dll", StringComparison.Ordinal) ? new ProcessStartInfo("dotnet", [tool, .. arguments]) : new ProcessStartInfo(tool, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(Drain(process.StandardOutput), Drain(process.StandardError));
        var peak = 0L;
        while (!process.WaitForExit(2) && Stopwatch.GetElapsedTime(started) < Longest)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
            return new ToolCost(elapsed, peak, null);
        }

        output.GetAwaiter().GetResult();
        return new ToolCost(elapsed, peak, process.ExitCode);
    }

    /// <summary>The same above what an empty run takes.</summary>
    public ToolCost Above(ToolCost empty) => this with { Elapsed = Elapsed - empty.Elapsed, Peak = Peak - empty.Peak };

    /// <summary>What it took that it must not take; null where all is well.</summary>
    public string? Complaint(long length)
    {
        // However short a file is, the clock of a busy machine cannot tell less.
        var allowed = TimePerMegabyte * Math.Max(0.25, length / (double)(1 << 20));
        return ExitCode is null ? "it was stopped"
            : ExitCode is not (0 or 1 or 2) ? string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {ExitCode}")
            : Elapsed > allowed ? string.Create(CultureInfo.InvariantCulture, $"more than {allowed.TotalSeconds:0.0} s")
            : Peak > FreeBytes + (BytesPerByte * length) ? string.Create(CultureInfo.InvariantCulture, $"more than {(FreeBytes + (BytesPerByte * length)) >> 20} MiB")
            : null;
    }

    // The kernel's own high-water mark: what is missed of it lies in the last two milliseconds.
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task Drain(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
        }
    }
}
