namespace ModelGate.Tool;

/// <summary>Finds <c>modelgate-torch</c>, the program that runs models.</summary>
internal static class TorchProgram
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "MODELGATE_TORCH";

    private const string Name = "modelgate-torch";

    /// <summary>What to say where it is not there.</summary>
    public static SafeText Absent => SafeText.Of($"running a model requires modelgate-torch, which is not installed: dotnet tool install --global ModelGate.Torch");

    /// <summary>The program and its first arguments: what the environment names, else the one beside this tool, on the PATH, or among the user's .NET tools. Null where there is none.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="beside">The folder of this tool.</param>
    /// <param name="home">The user's folder; empty where there is none.</param>
    /// <exception cref="IOException">The environment names a file that is not there, or one that requires dotnet, which is not found.</exception>
    public static IReadOnlyList<string>? Find(Func<string, string?> environment, string beside, string home)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            return !File.Exists(named) ? throw new IOException(SafeText.Of($"{Variable} names {named}, and there is no such file").Value)
                : named.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [Host(environment), Path.GetFullPath(named)]
                : [Path.GetFullPath(named)];
        }

        return First([beside, .. PathFolders(environment), Path.Combine(home, ".dotnet", "tools")], Name) is { } found ? [found] : null;
    }

    private static string Host(Func<string, string?> environment)
        => environment("DOTNET_HOST_PATH") is { Length: > 0 } host && Path.IsPathFullyQualified(host) ? host
            : First([.. PathFolders(environment), environment("DOTNET_ROOT") ?? ""], "dotnet")
            ?? throw new IOException($"{Variable} names a .dll, which is started by dotnet, and no absolute folder of PATH has dotnet");

    private static string[] PathFolders(Func<string, string?> environment) => (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    // A relative folder, or a bare name, would start whatever lies in the folder that is judged.
    private static string? First(IEnumerable<string> folders, string program)
        => folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)).FirstOrDefault(File.Exists);
}
