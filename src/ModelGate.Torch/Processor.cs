using System.Runtime.InteropServices;

namespace ModelGate.Torch;

/// <summary>The processor, as a report names it.</summary>
internal static class Processor
{
    /// <summary>Its name where the system tells it, else its kind.</summary>
    public static SafeText Name { get; } = SafeText.From(Read() ?? RuntimeInformation.ProcessArchitecture.ToString());

    private static string? Read()
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }

        const string ListOfProcessors = "/proc/cpuinfo";
        if (!File.Exists(ListOfProcessors))
        {
            return null;
        }

        var line = File.ReadLines(ListOfProcessors).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
