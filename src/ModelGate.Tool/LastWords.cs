namespace ModelGate.Tool;

/// <summary>The end of what a process writes to its standard error, where programs say what went wrong. All of it is read, or a full pipe would stop the process.</summary>
internal sealed class LastWords
{
    private const int Kept = 300;

    private readonly Lock guard = new();
    private readonly Task reading;
    private string last = "";

    /// <summary>Begins to read.</summary>
    /// <param name="errors">Standard error.</param>
    /// <param name="cancellation">Stops reading.</param>
    public LastWords(StreamReader errors, CancellationToken cancellation) => reading = Read(errors, cancellation);

    /// <summary>What was said last; empty where nothing was. A child that outlives the process may hold the pipe open, which is waited for no longer than stated.</summary>
    public string After(TimeSpan wait)
    {
        reading.Wait(wait);
        lock (guard)
        {
            return last;
        }
    }

    private async Task Read(StreamReader errors, CancellationToken cancellation)
    {
        var buffer = new char[4096];
        try
        {
            while (await errors.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var count and > 0)
            {
                lock (guard)
                {
                    last = (last + new string(buffer, 0, count)).TrimEnd();
                    last = last.Length > Kept ? last[^Kept..] : last;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was stopped while it spoke.
        }
    }
}
