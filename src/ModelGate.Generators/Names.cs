using System.Text;

namespace ModelGate.Generators;

/// <summary>How a C# name is spelt in a configuration.</summary>
internal static class Names
{
    /// <summary>A number from zero on, so that texts sort as numbers do.</summary>
    public static string Ordinal(int number) => number.ToString("D10", System.Globalization.CultureInfo.InvariantCulture);

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
