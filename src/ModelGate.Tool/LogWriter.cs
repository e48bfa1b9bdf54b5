using System.Text;
using ModelGate.Reports.Escaping;

namespace ModelGate.Tool;

/// <summary>Lines for people in which nothing is a command to a build server: an error may quote a file.</summary>
internal sealed class LogWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(value);

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(LogLine.Harmless(value ?? ""));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
