using ModelGate.Configuration.Documents;
using ModelGate.Runs;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the member <c>severity</c> of a gate or requirement.</summary>
internal static class SeverityReader
{
    /// <summary>The member's name.</summary>
    public const string Name = "severity";

    /// <summary>The words that it takes.</summary>
    public static IReadOnlyList<string> Words { get; } = ["off", "warning", "error"];

    /// <summary>The severity of an object of options, error where it has none; null for off, and where it is wrong.</summary>
    public static Severity? Read(ConfigNode rule, ConfigErrors errors)
    {
        if (rule.Find(Name)?.Value is not { } value)
        {
            return Severity.Error;
        }

        if (!errors.IsKind(value, ConfigKind.Text, Name))
        {
            return null;
        }

        switch (value.Text)
        {
            case "error":
                return Severity.Error;
            case "warning":
                return Severity.Warning;
            case "off":
                return null;
            default:
                errors.Add(value.At, SafeText.Of($"\"{value.Text}\" is not a severity{NearestName.Hint(value.Text, Words)}"));
                return null;
        }
    }
}
