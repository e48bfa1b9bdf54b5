namespace ModelGate.Tool;

/// <summary>Turns Ctrl-C into a wish to stop, so that a command ends with its own words and exit code.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public Interrupt() => Console.CancelKeyPress += OnCancel;

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
        e.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }
}
