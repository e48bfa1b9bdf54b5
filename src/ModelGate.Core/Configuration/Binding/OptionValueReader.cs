using ModelGate.Configuration.Documents;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Configuration.Binding;

/// <summary>Checks a value against what an option takes.</summary>
internal static class OptionValueReader
{
    /// <summary>Reads a value; returns what is wrong with it, or null where nothing is.</summary>
    public static SafeText? Read(OptionDescriptor option, ConfigNode node, out object? value)
    {
        value = null;
        if (node.Kind == ConfigKind.Null && option.IsNullable)
        {
            return null;
        }

        switch (option.Kind)
        {
            case OptionKind.Number or OptionKind.Integer when node.Kind == ConfigKind.Number:
                value = node.Number;
                return CheckNumber(option, node.Number);
            case OptionKind.Boolean when node.Kind is ConfigKind.True or ConfigKind.False:
                value = node.Kind == ConfigKind.True;
                return null;
            case OptionKind.Text when node.Kind == ConfigKind.Text:
                value = node.Text;
                return node.Text.Length == 0 ? SafeText.Of($"\"{option.Name}\" is empty") : null;
            case OptionKind.Choice when node.Kind == ConfigKind.Text:
                value = node.Text;
                return option.Choices.Contains(node.Text, StringComparer.Ordinal)
                    ? null
                    : SafeText.Of($"\"{option.Name}\" cannot be \"{node.Text}\"{NearestName.Hint(node.Text, option.Choices)}");
            case OptionKind.TextList when node.Kind == ConfigKind.Text:
                value = new[] { node.Text };
                return node.Text.Length == 0 ? SafeText.Of($"\"{option.Name}\" is empty") : null;
            case OptionKind.TextList when node.Kind == ConfigKind.Array && node.Items.All(i => i.Kind == ConfigKind.Text):
                value = node.Items.Select(i => i.Text).ToArray();
                return null;
            default:
                return SafeText.Of($"\"{option.Name}\" is {node.KindName}; it has to be {Wanted(option)}");
        }
    }

    private static SafeText? CheckNumber(OptionDescriptor option, double number)
    {
        if (!double.IsFinite(number))
        {
            return SafeText.Of($"\"{option.Name}\" is too large a number");
        }

        if (option.Kind == OptionKind.Integer && (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue))
        {
            return SafeText.Of($"\"{option.Name}\" is {number}; it has to be a whole number");
        }

        return number < option.Lowest || number > option.Highest
            ? SafeText.Of($"\"{option.Name}\" is {number}; it has to be from {option.Lowest ?? double.NegativeInfinity} to {option.Highest ?? double.PositiveInfinity}")
            : null;
    }

    private static string Wanted(OptionDescriptor option) => option.Kind switch
    {
        OptionKind.Number => "a number",
        OptionKind.Integer => "a whole number",
        OptionKind.Boolean => "true or false",
        OptionKind.Choice => "one of " + string.Join(", ", option.Choices),
        OptionKind.TextList => "a string or a list of strings",
        _ => "a string",
    };
}
