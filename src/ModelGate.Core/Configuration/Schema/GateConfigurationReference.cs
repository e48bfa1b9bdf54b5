using System.Globalization;
using System.Text;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Configuration.Schema;

/// <summary>Writes the reference of <c>gate.config.json</c> as Markdown from the catalogue of gates: docs/configuration-reference.md.</summary>
internal static class GateConfigurationReference
{
    /// <summary>The page as UTF-8 text with a final newline.</summary>
    public static byte[] Write()
    {
        var page = new StringBuilder();
        page.Append("# gate.config.json, all of it\n\n")
            .Append("Written by `modelgate schema --format markdown`; [configuration](configuration.md) says how it is meant.\n\n")
            .Append("## artifacts\n\n| role | what |\n|---|---|\n");
        foreach (var role in ArtifactRoles.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {role.Key()} | {Cell(role.Description())} |\n");
        }

        page.Append("\n## gates\n\nEvery gate also has `severity`: off, warning or error, which is the default.\n");
        foreach (var gate in GateCatalogue.Configurable)
        {
            Append(page, gate);
        }

        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void Append(StringBuilder page, GateDescriptor gate)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {gate.Name}\n\n[{gate.Id}](gates/{gate.Id}.md). {gate.Summary}\n");
        if (gate.Options.Count == 0)
        {
            return;
        }

        page.Append("\n| option | value | default | meaning |\n|---|---|---|---|\n");
        foreach (var option in gate.Options)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {option.Name} | {Cell(Value(option))} | {Cell(Default(option))} | {Cell(option.Description)} |\n");
        }
    }

    private static string Value(OptionDescriptor option)
    {
        var kind = option.Kind switch
        {
            OptionKind.Number => "number",
            OptionKind.Integer => "whole number",
            OptionKind.Boolean => "true or false",
            OptionKind.Choice => string.Join(", ", option.Choices),
            OptionKind.TextList => "string or list of strings",
            _ => "string",
        };
        var range = (option.Lowest, option.Highest) switch
        {
            ({ } lowest, { } highest) => $", {Number(lowest)} to {Number(highest)}",
            ({ } lowest, null) => $", at least {Number(lowest)}",
            (null, { } highest) => $", at most {Number(highest)}",
            _ => "",
        };
        return kind + range + (option.IsNullable ? ", or null" : "");
    }

    private static string Default(OptionDescriptor option) => option.Default switch
    {
        null => "null",
        double number => Number(number),
        int number => number.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        string text => option.ChoiceOf(text),
        IReadOnlyList<string> texts => texts.Count == 0 ? "none" : string.Join(", ", texts),
        _ => "",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
