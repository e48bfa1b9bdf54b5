using System.Globalization;
using ModelGate.Configuration.Documents;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the member <c>waivers</c>.</summary>
internal static class WaiverBinder
{
    private const string Artifact = "artifact";

    /// <summary>The members that every waiver has.</summary>
    public static IReadOnlyList<string> Required { get; } = ["gate", "statement", "owner", "until"];

    private static readonly string[] Members = [.. Required, Artifact];

    /// <summary>Reads every waiver; what is wrong is added to the errors.</summary>
    public static IReadOnlyList<Waiver> Bind(ConfigNode root, ConfigErrors errors) => [.. (root.Find("waivers")?.Value.Items ?? []).Select(w => Of(w, errors)).OfType<Waiver>()];

    private static Waiver? Of(ConfigNode node, ConfigErrors errors)
    {
        var before = errors.Count;
        foreach (var member in node.Members.Where(m => !Members.Contains(m.Name, StringComparer.Ordinal)))
        {
            errors.AddUnknown(member, "member of a waiver", Members);
        }

        foreach (var name in Required.Where(n => node.Find(n) is null))
        {
            errors.Add(node.At, SafeText.Of($"the member \"{name}\" is missing: a waiver says which gate may fail, why, who answers for it, and until when"));
        }

        var texts = Required.ToDictionary(n => n, n => node.Find(n) is { } found && errors.IsKind(found.Value, ConfigKind.Text, n) ? found.Value : null);
        var gate = texts["gate"] is { } named ? GateCatalogue.Find(named.Text) : null;
        if (texts["gate"] is { } unknown && gate is null)
        {
            errors.Add(unknown.At, SafeText.Of($"there is no gate \"{unknown.Text}\"{NearestName.Hint(unknown.Text, [.. GateCatalogue.All.Select(g => g.Name)])}"));
        }

        foreach (var (name, why) in new[] { ("statement", "why the failure is accepted"), ("owner", "who answers for it") })
        {
            if (texts[name] is { } text && !text.Text.Any(char.IsLetterOrDigit))
            {
                errors.Add(text.At, SafeText.Of($"\"{name}\" is empty; it has to say {why}"));
            }
        }

        DateOnly until = default;
        if (texts["until"] is { } day && !DateOnly.TryParseExact(day.Text, Waiver.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out until))
        {
            errors.Add(day.At, SafeText.Of($"\"until\" is \"{day.Text}\"; it has to be a day such as 2027-01-31, the last one on which the waiver holds"));
        }

        var globs = node.Find(Artifact) is { } files ? RoleBinder.Globs(files, errors) : null;
        return errors.Count == before
            ? new Waiver(gate!, globs is null ? null : new FilePatterns(globs), SafeText.From(texts["statement"]!.Text.Trim()), SafeText.From(texts["owner"]!.Text.Trim()), until, node.At)
            : null;
    }
}
