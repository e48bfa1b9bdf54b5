using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation.Measuring;
using ModelGate.Gates;
using ModelGate.ModelRuns;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>
/// Turns what gates ask to be run into requests: paths become full and stay in the workspace, what the user did not allow is refused, and the same request is run once. What a
/// model made is opened like the workspace's own files.
/// </summary>
internal sealed class ModelRunning(EvaluationPlan plan, IArtifactFiles files) : IArtifactFiles
{
    private const string Configuration = "configuration";
    private const long AssemblyMemory = 8L << 30;

    private readonly Dictionary<string, ModelRunReport> done = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (ArtifactRole Role, string Kind)> read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> made = new(StringComparer.Ordinal);

    /// <summary>Runs a model.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ModelRunReport Run(AskedModelRun asked, CancellationToken cancellation)
    {
        if (plan.ModelRuns is not { } runs)
        {
            return ModelRunReport.None(SafeText.Of($"models are not run here"));
        }

        if (asked.Format == ModelRunFormat.TorchScript && !runs.AllowsTorchScript)
        {
            return ModelRunReport.None(SafeText.Of($"{asked.Model.Path} is a TorchScript program, which is run only with --allow-torchscript"));
        }

        if (asked.Format == ModelRunFormat.Weights && plan.Configuration.Architecture is ArchitectureExpectation.FromAssembly && !runs.AllowsAssemblies)
        {
            return ModelRunReport.None(AssemblyRefused);
        }

        ModelRunRequest request;
        try
        {
            var architecture = asked.Format == ModelRunFormat.Weights ? ArchitectureOf(asked) : null;
            request = new ModelRunRequest(
                new RequestedModel(Inside(asked.Model.Path), asked.Format) { StateDict = plan.Configuration.StateDict, Architecture = architecture },
                [.. asked.Steps.Select(s => Resolve(s, runs.Folder))]);
        }
        catch (IOException fault)
        {
            return ModelRunReport.None(SafeText.From(fault.Message));
        }

        var key = JsonSerializer.Serialize(request, ModelRunJson.Default.ModelRunRequest) + asked.Limits;
        return done.TryGetValue(key, out var report) ? report : done[key] = runs.Run(request, asked.Limits, cancellation);
    }

    private static SafeText AssemblyRefused => SafeText.Of($"the configuration names an assembly for its architecture, which is loaded only with --allow-assemblies");

    /// <summary>The names and shapes of a module of an assembly; or why they cannot be had.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public (Dictionary<string, IReadOnlyList<long>>? Keys, SafeText Problem) KeysOf(ArchitectureExpectation.FromAssembly assembly, CancellationToken cancellation)
    {
        if (plan.ModelRuns is not { AllowsAssemblies: true } runs)
        {
            return (null, AssemblyRefused);
        }

        ModelRunReport report;
        try
        {
            var architecture = Of(assembly);
            var request = new ModelRunRequest(new RequestedModel("", ModelRunFormat.Weights) { Architecture = architecture }, [new ModelRunStep.Keys()]);
            report = runs.Run(request, new ModelRunLimits(assembly.Timeout, AssemblyMemory), cancellation);
        }
        catch (IOException fault)
        {
            return (null, SafeText.From(fault.Message));
        }

        return report switch
        {
            { Unavailable.IsEmpty: false } => (null, report.Unavailable),
            { End: { } end } => (null, end.Sentence),
            { Answers: [{ Ok: true, Keys: { } keys }] } when keys.DistinctBy(k => k.Name).Count() == keys.Count => (keys.ToDictionary(k => k.Name, k => k.Shape, StringComparer.Ordinal), default),
            { Answers: [{ Problem: { } problem }] } => (null, SafeText.From(problem.TrimEnd('.'))),
            _ => (null, SafeText.Of($"modelgate-torch named no keys")),
        };
    }

    /// <summary>Files that runs read and no role names: what states the architecture, and a configuration beside a model.</summary>
    public IEnumerable<RunArtifact> Read => read.Select(r => Artifact(r.Key, r.Value.Role, r.Value.Kind));

    private RequestedArchitecture Of(ArchitectureExpectation.FromAssembly assembly)
    {
        var full = Inside(assembly.Path);
        read[assembly.Path] = (ArtifactRole.Architecture, "assembly");
        return new() { Assembly = full, Type = assembly.Type, Arguments = assembly.Arguments };
    }

    /// <summary>Where a recording lies that a model made; null where none did.</summary>
    public string? PathOf(RoleFile copy) => made.GetValueOrDefault(copy.Path);

    /// <summary>Keeps the copies of what was judged where the user wants them.</summary>
    public void Keep(IEnumerable<Judging> judgings)
    {
        foreach (var copy in judgings.SelectMany(j => j.Judgement?.Copies ?? []).Select(c => c.Copy).Distinct())
        {
            if (PathOf(copy) is { } path)
            {
                // The first folder of a copy's name says that it is one; several runs may have models of the same name.
                plan.ModelRuns?.Keep(path, (plan.IsOneOfSeveral ? plan.Folder + "/" : "") + copy.Path[(copy.Path.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            }
        }
    }

    /// <inheritdoc/>
    public OpenedArtifact Open(RoleFile file)
        => file.Role == ArtifactRole.Output && PathOf(file) is { } path
            ? new OpenedArtifact(FileByteSource.Open(path), null, DateTimeOffset.UnixEpoch)
            : files.Open(file);

    private RequestedArchitecture? ArchitectureOf(AskedModelRun asked)
    {
        var config = asked.Config is { } named ? Inside(named.Path) : Beside(asked.Model);
        return plan.Configuration.Architecture switch
        {
            ArchitectureExpectation.FromAssembly assembly => Of(assembly),
            ArchitectureExpectation.FromConfiguration family => new() { Family = family.Family.Name, Variant = family.Variant, Config = Of(family) },
            ArchitectureExpectation.Stated { Family: { } family } stated => new() { Family = family.Name, Variant = stated.Variant, Config = config },
            _ => config is null ? null : new() { Config = config },
        };
    }

    private string Of(ArchitectureExpectation.FromConfiguration family)
    {
        var full = Inside(family.Path);
        read[family.Path] = (ArtifactRole.Architecture, Configuration);
        return full;
    }

    private string? Beside(RoleFile model)
    {
        var path = RunInputs.ConfigBeside(model.Path);
        if (!File.Exists(Path.Combine(plan.Workspace.Folder, path)))
        {
            return null;
        }

        var full = Inside(path);
        read[path] = (ArtifactRole.Config, Configuration);
        return full;
    }

    private RunArtifact Artifact(string path, ArtifactRole role, string kind)
    {
        var (bytes, sha256) = (0L, "");
        try
        {
            using var file = File.OpenRead(Path.Combine(plan.Workspace.Folder, path));
            (bytes, sha256) = (file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            kind = "unreadable";
        }

        return new RunArtifact(SafeText.From(path), role, kind, "", bytes, sha256, []);
    }

    private ModelRunStep Resolve(ModelRunStep step, string folder) => step switch
    {
        ModelRunStep.Run run => run with { Inputs = Inside(run.Inputs, null), Expected = Inside(run.Expected, null), Output = Made(run.Output, folder) },
        ModelRunStep.Time time => time with { Inputs = Inside(time.Inputs, null) },
        ModelRunStep.Synthesize copy => copy with
        {
            Recording = Inside(copy.Recording, null),
            Features = Inside(copy.Features, null),
            Pitch = Inside(copy.Pitch, null),
            FinePitch = Inside(copy.FinePitch, null),
            Output = Made(copy.Output, folder)!,
        },
        _ => step,
    };

    // A name of its own for each, so that no file's name can lead anywhere.
    private string? Made(string? name, string folder)
        => name is null ? null
            : made.TryGetValue(name, out var known) ? known
            : made[name] = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16] + Path.GetExtension(name));

    private string? Inside(string? path, string? otherwise) => path is null ? otherwise : made.GetValueOrDefault(path) ?? Inside(path);

    private string Inside(string path)
    {
        var full = Path.GetFullPath(Path.Combine(plan.Workspace.Folder, path));
        return !plan.Workspace.Contains(full) ? throw new IOException(SafeText.Of($"{path} leads out of the workspace").Value)
            : !Path.Exists(full) ? throw new IOException(SafeText.Of($"there is no file {path}").Value)
            : !plan.Workspace.MayRead(full) ? throw new IOException(SafeText.Of($"a link on the way to {path} leads out of the workspace").Value)
            : full;
    }
}
