using System.Security.Cryptography;
using System.Text;
using ModelGate.Runs;
using ModelGate.Trainers;

namespace ModelGate.Configuration.Documents;

/// <summary>Reads a configuration and what it extends, and merges them: the entries of <c>extends</c> in their order, then the file itself.</summary>
/// <param name="files">The files that may be extended; null where there are none.</param>
/// <param name="errors">Takes what is wrong.</param>
/// <param name="isTemplate">Whether paths are relative to whatever folder is judged, and not to the file that says them.</param>
internal sealed class ConfigDocuments(IConfigurationFiles? files, ConfigErrors errors, bool isTemplate)
{
    private const int LongestChain = 16;
    private const int MostFiles = 100;

    private readonly Dictionary<string, ConfigDocument?> known = new(StringComparer.Ordinal);
    private readonly List<ConfigurationFile> read = [];
    private string shownFolder = "";

    /// <summary>The files that were read: the configuration, then those that it extends.</summary>
    public IReadOnlyList<ConfigurationFile> Files => read;

    /// <summary>The whole document; null where something is wrong.</summary>
    /// <param name="shown">The configuration's path as the user knows it.</param>
    /// <param name="bytes">Its content.</param>
    public ConfigDocument? Read(string shown, byte[] bytes)
    {
        var path = shown.Replace('\\', '/');
        shownFolder = RelativePath.FolderOf(path);
        return Read(path[shownFolder.Length..], shown, bytes, []);
    }

    private ConfigDocument? Read(string path, string shown, byte[] bytes, IReadOnlyList<string> chain)
    {
        var file = SafeText.From(shown);
        errors.Name(file);
        read.Add(new ConfigurationFile(path, file, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        if (ConfigParser.Parse(file, bytes, errors) is not { } root || !ConfigShape.Check(root, errors))
        {
            return null;
        }

        var own = new ConfigDocument(isTemplate ? root : ConfigPaths.From(RelativePath.FolderOf(path), root), null);
        var below = (root.Find(ConfigShape.Extends)?.Value.Texts ?? []).Select(entry => Extended(entry, path, [.. chain, path])).OfType<ConfigDocument>().ToArray();
        return below.Append(own).Aggregate(ConfigDocument.Over);
    }

    private ConfigDocument? Extended(ConfigNode entry, string from, IReadOnlyList<string> chain)
    {
        if (!IsPath(entry.Text))
        {
            return Preset(entry);
        }

        if (RelativePath.IsAbsolute(entry.Text) || entry.Text.Length > 1024 || entry.Text.Contains('\0', StringComparison.Ordinal))
        {
            return Refuse(entry, SafeText.Of($"\"{entry.Text}\" cannot be extended: the path of a configuration is relative to the file that names it"));
        }

        var path = RelativePath.In(RelativePath.FolderOf(from), entry.Text);
        if (chain.Contains(path, StringComparer.Ordinal))
        {
            return Refuse(entry, SafeText.Of($"\"{entry.Text}\" cannot be extended, since it extends this file: {string.Join(", ", chain.SkipWhile(p => p != path).Append(path))}"));
        }

        if (known.TryGetValue(path, out var document))
        {
            return document;
        }

        if (chain.Count >= LongestChain || known.Count >= MostFiles)
        {
            return Refuse(entry, chain.Count >= LongestChain
                ? SafeText.Of($"\"{entry.Text}\" cannot be extended: it would be number {LongestChain + 1} of files that each extend the next")
                : SafeText.Of($"\"{entry.Text}\" cannot be extended: {MostFiles} other files are already"));
        }

        try
        {
            var bytes = (files ?? throw new IOException("this configuration is in no folder")).Read(path);
            document = Read(path, RelativePath.In(shownFolder, path), bytes, chain);
        }
        catch (IOException fault)
        {
            Refuse(entry, SafeText.Of($"\"{entry.Text}\" cannot be extended: {fault.Message.TrimEnd('.')}"));
        }

        return known[path] = document;
    }

    /// <summary>A trainer's preset, shown where the user asks for it: nobody can open a file that is built in.</summary>
    public static ConfigDocument Of(Trainer trainer, SourcePosition at)
    {
        var errors = new ConfigErrors();
        return ConfigParser.Parse(at.File, Encoding.UTF8.GetBytes(trainer.Configuration.GetRawText()), errors) is { } root && ConfigShape.Check(root, errors)
            ? new ConfigDocument(root.MovedTo(at), trainer)
            : throw new InvalidOperationException($"the preset {trainer.Name} is wrong: {string.Join("; ", errors.ByPlace)}");
    }

    private ConfigDocument? Preset(ConfigNode entry)
        => TrainerCatalogue.Find(entry.Text) is { IsPreset: true } trainer
            ? Of(trainer, entry.At)
            : Refuse(entry, SafeText.Of($"there is no preset \"{entry.Text}\"{NearestName.Hint(entry.Text, TrainerCatalogue.Presets)}"));

    private ConfigDocument? Refuse(ConfigNode entry, SafeText message)
    {
        errors.Add(entry.At, message);
        return null;
    }

    private static bool IsPath(string entry) => entry.AsSpan().ContainsAny("./\\:");
}

/// <summary>A configuration with all that it extends.</summary>
/// <param name="Root">The merged document.</param>
/// <param name="Trainer">The trainer whose preset it extends, the last one of several; null where there is none.</param>
internal sealed record ConfigDocument(ConfigNode Root, Trainer? Trainer)
{
    /// <summary>The document of two, of which the upper one wins.</summary>
    public static ConfigDocument Over(ConfigDocument lower, ConfigDocument upper)
        => new(ConfigMerge.Over(lower.Root, upper.Root), upper.Trainer ?? lower.Trainer);
}
