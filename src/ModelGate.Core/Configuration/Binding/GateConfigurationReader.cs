using ModelGate.Configuration.Documents;
using ModelGate.Bytes;
using ModelGate.Runs;
using ModelGate.Trainers;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads <c>gate.config.json</c> strictly: what is unknown, duplicate, of the wrong kind or out of range is an error with its place.</summary>
internal static class GateConfigurationReader
{
    /// <summary>Reads a configuration and what it extends.</summary>
    /// <param name="path">The path as the user knows it, for messages.</param>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="files">The files that it may extend; null where there are none.</param>
    /// <param name="isTemplate">Whether its paths are relative to whatever folder is judged, and not to the files that say them.</param>
    /// <exception cref="ConfigurationException">Something in it is wrong; every error is told, not only the first.</exception>
    public static GateConfiguration Read(string path, byte[] bytes, IConfigurationFiles? files = null, bool isTemplate = false)
    {
        var errors = new ConfigErrors();
        var documents = new ConfigDocuments(files, errors, isTemplate);
        var document = documents.Read(path, bytes);
        var configuration = document is null ? null : Bind(document, errors);
        return errors.Count == 0 ? configuration! with { Files = documents.Files } : throw new ConfigurationException(errors.ByPlace);
    }

    /// <summary>The configuration of a folder that was recognised as a trainer's: what a file would ask for that only extends its preset.</summary>
    public static GateConfiguration Of(Trainer trainer)
    {
        var errors = new ConfigErrors();
        var configuration = Bind(ConfigDocuments.Of(trainer, SourcePosition.None), errors);
        return errors.Count == 0 ? configuration : throw new InvalidOperationException($"the preset {trainer.Name} is wrong: {string.Join("; ", errors.ByPlace)}");
    }

    private static GateConfiguration Bind(ConfigDocument document, ConfigErrors errors)
    {
        var root = document.Root;
        if (errors.Count == 0 && root.Find("gates") is null && root.Find("require") is null && root.Find("overrides") is null)
        {
            errors.Add(root.At, SafeText.Of($"the member \"gates\" is missing: a configuration without gates judges nothing"));
        }

        var roles = new RoleBinder(errors, document.Trainer);
        if (root.Find("artifacts") is { } artifacts)
        {
            roles.Bind(artifacts.Value);
        }

        var gates = Rules(root, "gates").Select(m => GateBinder.Bind(m, errors)).OfType<ConfiguredGate>().ToList();
        var requirements = Rules(root, "require").Select(m => RequirementBinder.Bind(m, errors)).OfType<ConfiguredRequirement>().ToList();
        var added = new OverrideBinder(errors);
        var overrides = added.Bind(root);
        return new GateConfiguration(
            roles.Roles, [.. gates.Concat(added.Gates).Where(g => overrides.MayRun(g)).OrderBy(g => g.Gate.Id, StringComparer.Ordinal)])
        {
            Requirements = [.. requirements.Concat(added.Requirements).Where(r => overrides.MayHold(r))],
            Overrides = overrides,
            Waivers = WaiverBinder.Bind(root, errors),
            Trainer = document.Trainer,
            Architecture = roles.Architecture,
            LogPattern = roles.LogPattern,
            StateDict = StateDict(root, errors),
            StateDictAt = root.Find("stateDict")?.Value.At ?? SourcePosition.None,
            Limits = root.Find("limits") is { } limits ? LimitBinder.Bind(limits.Value, errors) : ReadLimits.Default,
        };
    }

    private static string? StateDict(ConfigNode root, ConfigErrors errors)
    {
        if (root.Find("stateDict") is not { } chosen)
        {
            return null;
        }

        if (chosen.Value is { Kind: ConfigKind.Text, Text.Length: > 0 })
        {
            return chosen.Value.Text;
        }

        errors.Add(chosen.Value.At, SafeText.Of($"\"stateDict\" has to be the dotted path of a container, such as \"model\""));
        return null;
    }

    private static IReadOnlyList<ConfigMember> Rules(ConfigNode root, string name) => root.Find(name)?.Value.Members ?? [];
}
