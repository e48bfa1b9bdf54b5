using System.ComponentModel;
using System.Diagnostics;
using ModelGate.Evaluation;

namespace ModelGate.Tool;

/// <summary>Runs the command that a configuration names for its architecture: without a shell, with a limit on time and output.</summary>
internal sealed class ManifestCommands : IManifestCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public byte[] Run(IReadOnlyList<string> command, string folder, TimeSpan timeout, int longest, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Start(command, folder) };
        try
        {
            process.Start();
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            throw new IOException(SafeText.Of($"{command[0]} could not be started: {fault.Message.TrimEnd('.')}").Value);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            process.StandardInput.Close();
            var errors = new LastWords(process.StandardError, limit.Token);
            var printed = Read(process.StandardOutput.BaseStream, longest, limit.Token).GetAwaiter().GetResult()
                ?? throw new IOException(SafeText.Of($"{command[0]} printed more than {longest} bytes").Value);
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            return process.ExitCode == 0
                ? printed
                : throw new IOException(SafeText.Of($"{command[0]} ended with exit code {process.ExitCode}: {errors.After(Patience)}").Value);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException(SafeText.Of($"{command[0]} took longer than {timeout.TotalSeconds} seconds").Value);
        }
        finally
        {
            ProcessTree.Kill(process);
        }
    }

    private static ProcessStartInfo Start(IReadOnlyList<string> command, string folder) => new(command[0], command.Skip(1))
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        CreateNoWindow = true,
    };

    private static async Task<byte[]?> Read(Stream output, int longest, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await output.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var count and > 0)
        {
            if (kept.Length + count > longest)
            {
                return null;
            }

            kept.Write(buffer, 0, count);
        }

        return kept.ToArray();
    }
}
