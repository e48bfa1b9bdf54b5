using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ModelGate.MSBuild;

/// <summary>A process that ends when the build is cancelled.</summary>
internal sealed class ChildProcess
{
    private readonly object gate = new();
    private Process? running;
    private bool isCancelled;

    /// <summary>Whether it was ended before its end.</summary>
    public bool IsCancelled
    {
        get
        {
            lock (gate)
            {
                return isCancelled;
            }
        }
    }

    /// <summary>What it wrote for people on standard output.</summary>
    public List<string> Output { get; } = [];

    /// <summary>What it wrote on standard error.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public int Run(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, string.Join(" ", arguments.Select(Quote)))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Output.Add(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => Errors.Add(line.Data ?? "");
        lock (gate)
        {
            if (isCancelled)
            {
                return -1;
            }

            process.Start();
            running = process;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        lock (gate)
        {
            running = null;
        }

        return process.ExitCode;
    }

    /// <summary>Ends it.</summary>
    public void Cancel()
    {
        lock (gate)
        {
            isCancelled = true;
            try
            {
                running?.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has just ended by itself.
            }
            catch (Win32Exception)
            {
                // It is just ending by itself.
            }
        }
    }

    // The rules by which a program's arguments are parted: a backslash counts only before a quotation mark.
    internal static string Quote(string argument)
    {
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var character in argument)
        {
            if (character == '\\')
            {
                backslashes++;
                continue;
            }

            quoted.Append('\\', character == '"' ? (2 * backslashes) + 1 : backslashes).Append(character);
            backslashes = 0;
        }

        return quoted.Append('\\', 2 * backslashes).Append('"').ToString();
    }
}
