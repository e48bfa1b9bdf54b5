using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>What an evaluation is asked to judge.</summary>
/// <param name="Configuration">Roles and gates.</param>
/// <param name="Workspace">The folder tree that the configuration may reach.</param>
internal sealed record EvaluationPlan(GateConfiguration Configuration, Workspace Workspace)
{
    /// <summary>The gates that run, in the order of their ids.</summary>
    public IReadOnlyList<ConfiguredGate> Gates { get; init; } = Configuration.Gates;

    /// <summary>What a file may cost to read.</summary>
    public ReadLimits Limits { get; init; } = Configuration.Limits;

    /// <summary>The lowest severity of a finding that fails the evaluation.</summary>
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>Whether gates are asked for data for pictures: a report that draws needs them.</summary>
    public bool ShowExhibits { get; init; }

    /// <summary>How many files are measured at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Runs the command of an architecture; null where commands are not allowed.</summary>
    public IManifestCommands? Commands { get; init; }

    /// <summary>Is told how far the files are being read; null where nobody watches.</summary>
    public IProgress<ReadProgress>? Progress { get; init; }

    /// <summary>How the files were found, where no configuration says it.</summary>
    public IReadOnlyList<SafeText> Notes { get; init; } = [];

    /// <summary>Reads a configuration file.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="shown">The path as the user knows it.</param>
    /// <exception cref="ConfigurationException">Something in it is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EvaluationPlan FromFile(string file, string shown)
    {
        var full = Path.GetFullPath(file);
        if (!File.Exists(full))
        {
            throw new FileNotFoundException(Directory.Exists(full) ? "it is a folder, not a file" : "there is no such file");
        }

        if (new FileInfo(full).Length > 1 << 24)
        {
            throw new IOException("it is too long for a configuration");
        }

        return new EvaluationPlan(
            GateConfigurationReader.Read(shown, File.ReadAllBytes(full)), Workspace.Of(Path.GetDirectoryName(full)!));
    }

    /// <summary>Keeps only the gates that are asked for, by name or id.</summary>
    /// <exception cref="ArgumentException">The configuration has no such gate: the message names those that it has.</exception>
    public EvaluationPlan Only(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return this;
        }

        foreach (var name in names)
        {
            if (!Gates.Any(g => Is(g, name)))
            {
                var known = GateCatalogue.Find(name) is null
                    ? SafeText.Of($"there is no gate \"{name}\"{NearestName.Hint(name, [.. GateCatalogue.All.Select(g => g.Name)])}")
                    : SafeText.Of($"the configuration does not run \"{name}\"; it runs: {string.Join(", ", Gates.Select(g => g.Gate.Name))}");
                throw new ArgumentException(known.Value);
            }
        }

        return this with { Gates = [.. Gates.Where(g => names.Any(n => Is(g, n)))] };
    }

    private static bool Is(ConfiguredGate configured, string name)
        => string.Equals(configured.Gate.Name, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(configured.Gate.Id, name, StringComparison.OrdinalIgnoreCase);
}
