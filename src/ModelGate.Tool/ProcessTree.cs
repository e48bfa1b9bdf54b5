using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ModelGate.Tool;

/// <summary>A process and those that it started.</summary>
internal static class ProcessTree
{
    private const int DeepestTree = 16;

    /// <summary>Ends all of them.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>How much memory they use together, in bytes; 0 once they have ended.</summary>
    public static long Memory(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.WorkingSet64 + (OperatingSystem.IsLinux() ? Children(process.Id, 0).Sum(MemoryOf) : 0);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return 0;
        }
    }

    private static IEnumerable<int> Children(int parent, int depth)
    {
        if (depth == DeepestTree)
        {
            return [];
        }

        int[] children;
        try
        {
            children = [.. Directory.EnumerateDirectories($"/proc/{parent}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            return [];
        }

        return children.Concat(children.SelectMany(c => Children(c, depth + 1)));
    }

    private static long MemoryOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WorkingSet64;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return 0;
        }
    }
}
