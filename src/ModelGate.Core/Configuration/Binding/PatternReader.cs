using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Configuration.Documents;
using ModelGate.Runs;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the names and shapes of an architecture's pattern.</summary>
internal static class PatternReader
{
    private static readonly string[] KeyMembers = ["shape", "dtype"];

    /// <summary>Reads every member; what is wrong with one is added to the errors.</summary>
    public static IReadOnlyList<KeyPattern> Read(ConfigNode pattern, ConfigErrors errors)
    {
        var read = new List<KeyPattern>();
        foreach (var member in pattern.Members)
        {
            foreach (var other in member.Value.Members.Where(m => !KeyMembers.Contains(m.Name, StringComparer.Ordinal)))
            {
                errors.Add(other.At, SafeText.Of($"there is no member \"{other.Name}\" of a key{NearestName.Hint(other.Name, KeyMembers)}"));
            }

            var sizes = member.Value.Kind == ConfigKind.Object ? member.Value.Members.FirstOrDefault(m => m.Name == "shape")?.Value : member.Value;
            var dtype = member.Value.Members.FirstOrDefault(m => m.Name == "dtype")?.Value;
            if (sizes is not { Kind: ConfigKind.Array } || dtype is not (null or { Kind: ConfigKind.Text }) || !sizes.Items.All(i => i.Kind == ConfigKind.Text || i.Whole is not null))
            {
                errors.Add(member.Value.At, SafeText.Of($"\"{member.Name}\" has no shape: a list of whole numbers and expressions, or an object with shape and dtype"));
                continue;
            }

            try
            {
                read.Add(KeyPattern.Parse(member.Name, [.. sizes.Items.Select(i => i.Kind == ConfigKind.Text ? i.Text : $"{i.Whole}")], dtype?.Text));
            }
            catch (FamilyException fault)
            {
                errors.Add(member.At, fault.Sentence);
            }
        }

        return read;
    }
}
