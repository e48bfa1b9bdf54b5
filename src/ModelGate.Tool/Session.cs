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

    /// <summary>A console for people on standard output: coloured where it is a terminal and NO_COLOR is not set.</summary>
    public IAnsiConsole Console()
    {
        var isTerminal = ReferenceEquals(Output, System.Console.Out) && !System.Console.IsOutputRedirected;
        return Plain(Output, isTerminal);
    }

    /// <summary>A console over a writer.</summary>
    public static IAnsiConsole Plain(TextWriter writer, bool isTerminal = false)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isTerminal)
        {
            console.Profile.Width = NoTerminalWidth;
        }

        return console;
    }
}
