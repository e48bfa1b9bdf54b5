using System.Text;
using ModelGate.Reports;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>Where a command writes, and the token that Ctrl-C cancels. Nothing else writes to standard output.</summary>
internal sealed class Session(TextWriter output, TextWriter error, CancellationToken cancellation)
{
    /// <summary>Wide enough that no sentence is broken where no terminal shows it: logs are searched by line.</summary>
    private const int NoTerminalWidth = 4000;

    private const int BufferBytes = 1 << 16;

    /// <summary>Standard output as text.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Standard error as text.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    // Tests hand in writers of their own.
    private bool IsConsole => ReferenceEquals(Output, Console.Out);

    private bool IsTerminal => IsConsole && !Console.IsOutputRedirected;

    /// <summary>
    /// Writes for people on standard output: coloured and as wide as the terminal where it is one, else plain lines that are never broken.
    /// </summary>
    public void Show(Action<IAnsiConsole> write)
    {
        if (IsTerminal)
        {
            write(AnsiConsole.Console);
        }
        else
        {
            Output.Write(Plain(write));
        }
    }

    /// <summary>Writes a document on standard output, byte for byte.</summary>
    public void Write(Action<Stream> write)
    {
        if (IsConsole)
        {
            Output.Flush();
            using var stream = new BufferedStream(StandardStreams.OpenOutput(), BufferBytes);
            write(stream);
            return;
        }

        using var buffer = new MemoryStream();
        write(buffer);
        Output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Prints a report, and tells people the verdict where the format is not for them.</summary>
    /// <param name="report">The report.</param>
    /// <param name="format">The format.</param>
    /// <param name="quiet">Whether people are shown only what did not pass; a document for machines is whole in any case.</param>
    public void Print(RunRecord report, ReportFormat format, bool quiet)
    {
        if (quiet && format.IsForPeople)
        {
            if (report.Verdict == Verdict.Passed && report.Results.All(r => r.Outcome is Outcome.Passed or Outcome.NotApplicable))
            {
                return;
            }

            format = new ConsoleReport { OnlyTrouble = true };
        }

        Write(stream =>
        {
            if (IsTerminal)
            {
                var terminal = AnsiConsole.Profile;
                format.Show(report, stream, new Terminal(terminal.Width, terminal.Capabilities.Ansi && terminal.Capabilities.ColorSystem != ColorSystem.NoColors));
            }
            else
            {
                format.Write(report, stream);
            }
        });
        if (!format.IsForPeople && !quiet)
        {
            Error.WriteLine("modelgate: " + VerdictLine.Of(report));
        }
    }

    /// <summary>What is written, as plain text without colours and without blanks at line ends.</summary>
    public static string Plain(Action<IAnsiConsole> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = NoTerminalWidth;
        write(console);
        var lines = new StringBuilder(text.GetStringBuilder().Length);
        foreach (var line in text.ToString().AsSpan().EnumerateLines())
        {
            lines.Append(LogLine.Harmless(line.TrimEnd(' ').ToString())).Append('\n');
        }

        return lines.ToString(0, lines.Length - 1);
    }
}
