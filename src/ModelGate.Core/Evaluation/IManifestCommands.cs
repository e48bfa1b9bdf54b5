namespace ModelGate.Evaluation;

/// <summary>Runs a command that prints a key manifest. This library starts no process: who uses it may, where its user allowed it.</summary>
internal interface IManifestCommands
{
    /// <summary>Runs a command without a shell and returns what it printed.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="longest">Most bytes that it may print.</param>
    /// <exception cref="IOException">It could not be started, failed, took too long, or printed too much: the message says so in one sentence.</exception>
    byte[] Run(IReadOnlyList<string> command, string folder, TimeSpan timeout, int longest, CancellationToken cancellation);
}
