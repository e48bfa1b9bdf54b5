namespace ModelGate.Tool;

/// <summary>Finds <c>modelgate-torch</c>, the program that runs models.</summary>
internal static class TorchProgram
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "MODELGATE_TORCH";

    private const string Name = "modelgate-torch";

    /// <summary>What to say where it is not there.</summary>
    public static SafeText Absent => SafeText.Of($"running a model takes modelgate-torch, which is not installed: dotnet tool install --global ModelGate.Torch");

    /// <summary>The program and its first arguments: what the environment names, else the one beside this tool, on the PATH, or among the user's .NET tools. Null where there is none.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="beside">The folder of this tool.</param>
    /// <exception cref="IOException">The environment names a file that is not there.</exception>
    public static IReadOnlyList<string>? Find(Func<string, string?> environment, string beside)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            return !File.Exists(named) ? throw new IOException(SafeText.Of($"{Variable} names {named}, and there is no such file").Value)
                : named.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [environment("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet", Path.GetFullPath(named)]
                : [Path.GetFullPath(named)];
        }

        var file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var found = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            // A relative entry would start whatever lies in the folder that is judged.
            .Where(Path.IsPathFullyQualified)
            .Prepend(beside).Append(Path.Combine(home, ".dotnet", "tools"))
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        return found is null ? null : [found];
    }
}
