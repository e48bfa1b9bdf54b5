using System.CommandLine;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Configuration.Documents;
using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary><c>modelgate policy</c>: the files that decide how artifacts are judged, for whoever has to protect them from those who are judged.</summary>
internal static class PolicyCommand
{
    private static readonly ArtifactRole[] Roles = [ArtifactRole.Architecture, ArtifactRole.Baseline, ArtifactRole.History];

    public static Command Create(Session session)
    {
        var path = new Argument<string?>("PATH") { Description = "The folder that holds the gate.config.json. Without one: the current folder.", Arity = ArgumentArity.ZeroOrOne };
        var config = new Option<string?>("--config") { Description = "The configuration, where it is not PATH's own. Its baselines are relative to PATH.", HelpName = "FILE" };
        var command = new Command(
            "policy",
            "Lists the files that decide how artifacts are judged: the configuration, what it extends, and the baselines, architectures and recorded tensors that it names. One path or glob a line, whether it is there or not.") { path, config };
        command.SetAction(parsed => Run(session, parsed.GetValue(path), parsed.GetValue(config)));
        return command;
    }

    private static int Run(Session session, string? path, string? config)
    {
        var file = config ?? Path.Combine(path ?? ".", GateConfiguration.FileName);
        byte[] bytes;
        try
        {
            bytes = WorkspaceConfigurations.ReadFile(Path.GetFullPath(file));
        }
        catch (IOException fault)
        {
            throw new UsageException(SafeText.Of($"{file} cannot be read: {fault.Message}"));
        }

        // As check takes it: with a PATH, what the configuration names is there.
        var isTemplate = config is not null && path is not null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var asked = new AskedFor(new WorkspaceConfigurations(Workspace.Of(folder)));
        var found = new SortedSet<string>(StringComparer.Ordinal) { Shown(Path.GetFullPath(file)) };
        try
        {
            var configuration = GateConfigurationReader.Read(file, bytes, asked, isTemplate: isTemplate);
            var judged = isTemplate ? Path.GetFullPath(path!) : folder;
            found.UnionWith(Roles.SelectMany(r => configuration.Artifacts.TryGetValue(r, out var patterns) ? patterns.Patterns : [])
                .Concat(configuration.Architecture is ArchitectureExpectation.FromAssembly assembly ? [assembly.Path] : [])
                .Concat(configuration.Gates.SelectMany(configuration.Overrides.Variants).SelectMany(g => g.Gate.Create().FilesOf(g.Options)))
                .Select(p => Shown(Path.Combine(judged, Slashed(p)))));
        }
        catch (ConfigurationException)
        {
            // What it extends may be what is wrong with it: whoever restores files needs to know which.
        }

        found.UnionWith(asked.Paths.Select(p => Shown(Path.Combine(folder, p))));
        foreach (var line in found)
        {
            session.Output.WriteLine(SafeText.From(line, int.MaxValue).Value);
        }

        return ExitCode.Passed;
    }

    // A pattern may be written with backslashes, and *.* means every file: as those who read the list take it.
    private static string Slashed(string pattern) => string.Join('/', pattern.Split('/', '\\').Select(part => part == "*.*" ? "*" : part));

    private static string Shown(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path).Replace(Path.DirectorySeparatorChar, '/');

    private sealed class AskedFor(IConfigurationFiles files) : IConfigurationFiles
    {
        public List<string> Paths { get; } = [];

        public byte[] Read(string path)
        {
            Paths.Add(path);
            return files.Read(path);
        }
    }
}
