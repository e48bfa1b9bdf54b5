namespace ModelGate.Torch;

/// <summary>What libraries say, cut to what a sentence holds.</summary>
internal static class Sentences
{
    /// <summary>The first line that says something, without a full stop. libtorch appends its own call stack, TorchScript a drawing of the program.</summary>
    public static SafeText FirstLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // TorchScript says last what went wrong, behind "RuntimeError:".
        var line = lines.LastOrDefault(l => l.StartsWith("RuntimeError: ", StringComparison.Ordinal))?["RuntimeError: ".Length..] ?? lines.FirstOrDefault() ?? "no message";
        return SafeText.From(line.TrimEnd('.'));
    }
}
