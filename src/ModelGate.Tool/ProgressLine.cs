using System.Diagnostics;
using System.Globalization;
using ModelGate.Bytes;

namespace ModelGate.Tool;

/// <summary>A bar on a terminal's standard error for reads that take long; it is gone before anything else is written.</summary>
internal sealed class ProgressLine : IProgress<ReadProgress>, IDisposable
{
    private const int Cells = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter terminal;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private long shown;
    private bool isShown;

    private ProgressLine(TextWriter terminal) => this.terminal = terminal;

    /// <summary>A bar where standard error is a terminal, else nothing.</summary>
    public static ProgressLine? OnTerminal(Session session)
        => ReferenceEquals(session.Output, Console.Out) && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb"
            ? new ProgressLine(Console.Error)
            : null;

    /// <inheritdoc/>
    public void Report(ReadProgress value)
    {
        lock (gate)
        {
            if (Stopwatch.GetElapsedTime(started) < Patience || (isShown && Stopwatch.GetElapsedTime(shown) < Interval))
            {
                return;
            }

            (shown, isShown) = (Stopwatch.GetTimestamp(), true);
            terminal.Write(Draw(value));
        }
    }

    /// <summary>The line: back to its start, a bar, a share and a name.</summary>
    internal static string Draw(ReadProgress value)
    {
        var share = value.Length == 0 ? 1 : Math.Clamp((double)value.Position / value.Length, 0, 1);
        var full = (int)Math.Round(share * Cells);
        return string.Create(CultureInfo.InvariantCulture, $"\r[{new string('=', full)}{new string(' ', Cells - full)}] {share * 100,3:0}% {value.Name}\u001b[K");
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isShown)
            {
                terminal.Write("\r\u001b[K");
                isShown = false;
            }
        }
    }
}
