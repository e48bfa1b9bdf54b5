using System.Runtime.InteropServices;

namespace ModelGate.Tool;

/// <summary>Turns Ctrl-C, and a polite request to end (SIGTERM), into a wish to stop, so that a command ends with its own words and exit code.</summary>
internal sealed class Interrupt : IDisposable
{
    /// <summary>How long a command may take to end by itself: Ctrl-C is answered within a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    private readonly CancellationTokenSource source = new();

    private readonly PosixSignalRegistration terminate;

    public Interrupt()
    {
        Console.CancelKeyPress += OnCancel;
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = Stop());
    }

    /// <summary>What is said of a command that was stopped.</summary>
    public static string Sentence => "modelgate: stopped before the end; nothing was judged";

    /// <summary>Cancelled by the first request; a second one ends the process.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancel;
        terminate.Dispose();
        source.Dispose();
    }

    private void OnCancel(object? sender, ConsoleCancelEventArgs e) => e.Cancel = Stop();

    // Whether it was the first request.
    private bool Stop()
    {
        if (source.IsCancellationRequested)
        {
            return false;
        }

        // A step that looks at no token must not make anyone wait.
        new Thread(() =>
        {
            Thread.Sleep(Patience);
            Console.Error.WriteLine(Sentence);
            Environment.Exit(ExitCode.CouldNotJudge);
        }) { IsBackground = true }.Start();
        source.Cancel();
        return true;
    }
}
