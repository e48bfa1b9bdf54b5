namespace ModelGate.Tool;

/// <summary>Turns Ctrl-C into a wish to stop, so that a command ends with its own words and exit code.</summary>
internal sealed class Interrupt : IDisposable
{
    /// <summary>How long a command may take to end by itself: Ctrl-C is answered within a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    private readonly CancellationTokenSource source = new();

    public Interrupt() => Console.CancelKeyPress += OnCancel;

    /// <summary>What is said of a command that was stopped.</summary>
    public static string Sentence => "modelgate: stopped before the end; nothing was judged";

    /// <summary>Cancelled by the first Ctrl-C; a second one ends the process.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancel;
        source.Dispose();
    }

    private void OnCancel(object? sender, ConsoleCancelEventArgs e)
    {
        if (source.IsCancellationRequested)
        {
            return;
        }

        e.Cancel = true;

        // A step that looks at no token must not make anyone wait.
        new Thread(() =>
        {
            Thread.Sleep(Patience);
            Console.Error.WriteLine(Sentence);
            Environment.Exit(ExitCode.CouldNotJudge);
        }) { IsBackground = true }.Start();
        source.Cancel();
    }
}
