using ModelGate.Reports.Escaping;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>Where a command's words go, and the user's wish to stop.</summary>
internal sealed class Session(TextWriter output, TextWriter error, CancellationToken cancellation)
{
    /// <summary>Wide enough that no sentence is broken where no terminal shows it: logs are searched by line.</summary>
    private const int NoTerminalWidth = 4000;

    /// <summary>Standard output as text.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Standard error as text.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>
    /// Writes for people on standard output: coloured and as wide as the terminal where it is one, else plain lines that are never broken.
    /// </summary>
    public void Show(Action<IAnsiConsole> write)
    {
        if (ReferenceEquals(Output, System.Console.Out) && !System.Console.IsOutputRedirected)
        {
            write(AnsiConsole.Console);
        }
        else
        {
            Output.Write(Plain(write));
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
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => LogLine.Harmless(line.TrimEnd(' '))));
    }
}
