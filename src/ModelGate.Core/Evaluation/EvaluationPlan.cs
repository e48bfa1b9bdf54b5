using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Gates;
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

    /// <summary>The requirements that have to hold, in the order of the file.</summary>
    public IReadOnlyList<ConfiguredRequirement> Requirements { get; init; } = Configuration.Requirements;

    /// <summary>What a file may cost to read.</summary>
    public ReadLimits Limits { get; init; } = Configuration.Limits;

    /// <summary>The lowest severity of a finding that fails the evaluation.</summary>
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>Whether gates are asked for data for pictures: a report that draws needs them.</summary>
    public bool ShowExhibits { get; init; }

    /// <summary>Whether recordings are put into the report, to be listened to.</summary>
    public bool EmbedAudio { get; init; }

    /// <summary>How many files are measured at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Runs the command of an architecture; null where commands are not allowed.</summary>
    public IManifestCommands? Commands { get; init; }

    /// <summary>The baseline that the run is compared with, in place of what the configuration names; null where none was given.</summary>
    public GivenBaseline? Baseline { get; init; }

    /// <summary>The day with which waivers are compared; null where nobody says so, and then none is in force.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Whether other models are judged along with this one.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>The full path of the model's folder, with slashes.</summary>
    public string FullFolder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder.Length == 0 ? "." : Folder)).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Runs models in a process of their own; null where nobody does.</summary>
    public IModelRuns? ModelRuns { get; init; }

    /// <summary>Is told how far the files are being read; null where nobody watches.</summary>
    public IProgress<ReadProgress>? Progress { get; init; }

    /// <summary>The folder that paths are relative to, as the user knows it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The name by which reports of other runs know the model; see <see cref="ModelNames"/>.</summary>
    public string Model { get; init; } = "";

    /// <summary>The names of the files that are judged, where the user named them and not their folder.</summary>
    public IReadOnlyList<string> NamedFiles { get; init; } = [];

    /// <summary>The ids of the gates that run, with a plus between, where they are not all of those that the configuration asks for.</summary>
    public string Part { get; init; } = "";

    /// <summary>Whether nobody asked for these gates on these files: a gate that finds nothing of its kind in a file does not apply to it then.</summary>
    public bool IsRecognised { get; init; }

    /// <summary>How the files were found, where no configuration says it.</summary>
    public IReadOnlyList<SafeText> Notes { get; init; } = [];

    /// <summary>Reads a configuration file.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="shown">The path as the user knows it.</param>
    /// <param name="folder">The folder whose files it describes; null where that is its own.</param>
    /// <exception cref="ConfigurationException">Something in it, or in a file that it extends, is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EvaluationPlan FromFile(string file, string shown, string? folder = null)
    {
        var full = Path.GetFullPath(file);
        var own = Workspace.Of(Path.GetDirectoryName(full)!);
        var configuration = GateConfigurationReader.Read(shown, WorkspaceConfigurations.ReadFile(full), new WorkspaceConfigurations(own), isTemplate: folder is not null);
        return new EvaluationPlan(configuration, folder is null ? own : Workspace.Of(folder))
        {
            Folder = Path.GetDirectoryName(shown) is { Length: > 0 } parent ? parent.Replace(Path.DirectorySeparatorChar, '/') : ".",
        };
    }

    /// <summary>Keeps only the gates that are asked for, by name or id, and only the plans that run one of them.</summary>
    /// <exception cref="UsageException">No plan runs such a gate: the message names those that there are.</exception>
    public static IReadOnlyList<EvaluationPlan> Only(IReadOnlyList<EvaluationPlan> plans, IReadOnlyCollection<string> names)
    {
        foreach (var name in names.Where(n => !plans.Any(p => p.Runs(n))))
        {
            throw new UsageException(GateCatalogue.Find(name) is null
                ? SafeText.Of($"there is no gate \"{name}\"{NearestName.Hint(name, [.. GateCatalogue.All.Select(g => g.Name)])}")
                : SafeText.Of($"the configuration does not run \"{name}\"; it runs: {string.Join(", ", plans.SelectMany(p => p.Gates).Select(g => g.Gate.Name).Distinct())}"));
        }

        return names.Count == 0 ? plans : [.. plans.Where(p => names.Any(p.Runs)).Select(p => p.Only(names))];
    }

    /// <summary>The plan with a baseline in place of what the configuration names: the gate that compares with it runs, whether the configuration asks for it or not.</summary>
    public EvaluationPlan With(GivenBaseline baseline)
    {
        var gate = GateCatalogue.Find("metric-must-not-regress")!;
        return this with
        {
            Baseline = baseline,
            Gates = Gates.Any(g => g.Gate == gate) ? Gates
                : [.. Gates.Append(new ConfiguredGate(gate, Severity.Error, gate.Bind(OptionValues.None), SourcePosition.None)).OrderBy(g => g.Gate.Id, StringComparer.Ordinal)],
        };
    }

    /// <summary>The plan without the roles that a run may lack, where it does.</summary>
    public EvaluationPlan WithoutAbsentRoles()
    {
        var absent = Configuration.Artifacts.Where(r => r.Value.IsOptional && IsAbsent(r.Value)).Select(r => r.Key).ToHashSet();
        return absent.Count == 0 ? this : this with { Configuration = Configuration with { Artifacts = Configuration.Artifacts.Where(r => !absent.Contains(r.Key)).ToDictionary() } };
    }

    // What cannot be looked at is not absent: whoever reads the role says why.
    private bool IsAbsent(RolePatterns patterns)
    {
        try
        {
            return GlobMatches.Of(Workspace, patterns).Count == 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private EvaluationPlan Only(IReadOnlyCollection<string> names)
    {
        var only = this with { Gates = [.. Gates.Where(g => names.Any(n => Is(g, n)))], Requirements = names.Any(IsRequirement) ? Requirements : [] };
        var isPart = only.Gates.Count < Configuration.Gates.Count || only.Requirements.Count < Configuration.Requirements.Count;
        return only with { Part = isPart ? string.Join('+', only.Gates.Select(g => g.Gate.Id).Concat(only.Requirements.Select(_ => PlannedGate.RequirementId)).Distinct()) : "" };
    }

    private bool Runs(string name) => Gates.Any(g => Is(g, name)) || (IsRequirement(name) && Requirements.Count > 0);

    private static bool IsRequirement(string name) => GateCatalogue.Find(name) is { FromRequirements: true };

    private static bool Is(ConfiguredGate configured, string name)
        => string.Equals(configured.Gate.Name, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(configured.Gate.Id, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A baseline that was given beside the configuration.</summary>
/// <param name="Name">Its path as the user knows it.</param>
/// <param name="Content">What it says.</param>
internal sealed record GivenBaseline(SafeText Name, Baseline Content);
