
namespace ModelGate.Package.Tests.Actions;

/// <summary>What the scripts of an action see of GitHub's runner: its environment and its files.</summary>
internal sealed class Runner
{
    private readonly Dictionary<string, string> variables;
    private readonly string folder;

    public Runner(Packages packages, string name, string workspace, string? home = null)
    {
        folder = home ?? Path.Combine(packages.Folder, "runner " + name);
        Workspace = workspace;
        Directory.CreateDirectory(Temporary);
        File.WriteAllText(OutputFile, "");
        File.WriteAllText(SummaryFile, "");
        variables = new Dictionary<string, string>(packages.Variables)
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_OUTPUT"] = OutputFile,
            ["GITHUB_STEP_SUMMARY"] = SummaryFile,
            ["GITHUB_WORKSPACE"] = workspace,
            ["GITHUB_REPOSITORY"] = "owner/repository",
            ["RUNNER_TEMP"] = Temporary,
        };
    }

    public string Workspace { get; }

    public string Temporary => Path.Combine(folder, "temp");

    public string Summary => File.ReadAllText(SummaryFile);

    /// <summary>The outputs that the steps have set, in the form of one line each.</summary>
    public IReadOnlyDictionary<string, string> Outputs
        => OutputLines.Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    public string[] OutputLines => File.ReadAllLines(OutputFile);

    private string OutputFile => Path.Combine(folder, "output");

    private string SummaryFile => Path.Combine(folder, "summary");

    /// <summary>Sets a variable of the runner for the steps that follow.</summary>
    public void Set(string name, string value) => variables[name] = value;

    public static string Script(string action, string name) => Repository.PathOf(".github", "actions", action, name);

    public Outcome Step(string action, string script, params (string Name, string Value)[] inputs) => StepOf(Script(action, script), inputs);

    /// <summary>Runs a script of an action that may lie anywhere.</summary>
    public Outcome StepOf(string script, params (string Name, string Value)[] inputs)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the runner has bash, jq and unzip there, with paths of its own");
        foreach (var program in new[] { "bash", "jq", "unzip" })
        {
            Assert.SkipUnless(IsOnPath(program), $"{program} is not installed; GitHub's runners have it");
        }

        var all = new Dictionary<string, string>(variables) { ["ACTION_PATH"] = Path.GetDirectoryName(script)! };
        foreach (var (name, value) in inputs)
        {
            all[name] = value;
        }

        return Shell.Run("bash", Workspace, all, script);
    }

    private static bool IsOnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
