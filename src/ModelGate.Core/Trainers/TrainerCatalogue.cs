using System.Reflection;
using System.Text.Json;

namespace ModelGate.Trainers;

/// <summary>Every trainer that is known: one built-in JSON file each, and nothing else to add for another.</summary>
internal static class TrainerCatalogue
{
    private const string Folder = "trainers/";

    private static readonly Assembly Home = typeof(TrainerCatalogue).Assembly;

    /// <summary>The trainers, sorted by name.</summary>
    public static IReadOnlyList<Trainer> All { get; } =
        [.. Home.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(Read).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>The names that <c>extends</c> may use, sorted.</summary>
    public static IReadOnlyList<string> Presets { get; } = [.. All.Where(t => t.IsPreset).Select(t => t.Name)];

    /// <summary>Lists of Python names that may be allowed together, over all trainers.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> AllowLists { get; } =
        new SortedDictionary<string, IReadOnlyList<string>>(All.SelectMany(t => t.AllowLists).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>What holds for files whose trainer is not known: what any trainer leaves out of an export or writes in place of a step.</summary>
    public static TrainerProfile Unknown { get; } = new()
    {
        LatestOnly = [.. All.SelectMany(t => t.Profile.LatestOnly).Distinct().Order()],
        TrainingOnly = [.. All.SelectMany(t => t.Profile.TrainingOnly).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    /// <summary>The trainer of a name, or null.</summary>
    public static Trainer? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    /// <summary>The profile of the trainer that writes logs of a format; <see cref="Unknown"/> where no trainer alone does.</summary>
    public static TrainerProfile ProfileOf(string logFormat)
        => All.Select(t => t.Profile).FirstOrDefault(p => p.LogFormats.Contains(logFormat, StringComparer.Ordinal)) ?? Unknown;

    private static Trainer Read(string resource)
    {
        using var file = Home.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize(file, TrainerJson.Default.Trainer)! with { Name = Path.GetFileNameWithoutExtension(resource) };
    }
}
