namespace ModelGate.Configuration.Documents;

/// <summary>The members that a configuration may have, and of what kind each is: what has to hold before two documents can be merged.</summary>
internal static class ConfigShape
{
    private static readonly (string Name, ConfigKind Kind)[] Members =
    [
        ("$schema", ConfigKind.Text),
        ("artifacts", ConfigKind.Object),
        ("gates", ConfigKind.Object),
        ("require", ConfigKind.Object),
        ("overrides", ConfigKind.Array),
        ("stateDict", ConfigKind.Text),
        ("waivers", ConfigKind.Array),
        ("limits", ConfigKind.Object),
    ];

    private static readonly string[] Names = [Extends, .. Members.Select(m => m.Name)];

    /// <summary>The member that names the documents below.</summary>
    public const string Extends = "extends";

    /// <summary>Whether a document has the shape of a configuration; errors are added where it does not.</summary>
    public static bool Check(ConfigNode root, ConfigErrors errors)
    {
        var before = errors.Count;
        if (root.Kind != ConfigKind.Object)
        {
            errors.Add(root.At, SafeText.Of($"a configuration is an object, and this is {root.KindName}"));
            return false;
        }

        foreach (var member in root.Members)
        {
            if (member.Name == Extends)
            {
                if (member.Value.Texts is null)
                {
                    errors.Add(member.Value.At, SafeText.Of($"\"{Extends}\" is {member.Value.KindName}; it has to be a preset, a path, or a list of them"));
                }
            }
            else if (Members.FirstOrDefault(m => m.Name == member.Name) is { Name: not null } known)
            {
                errors.IsKind(member.Value, known.Kind, member.Name);
            }
            else
            {
                errors.AddUnknown(member, "member", Names);
            }
        }

        foreach (var item in root.Find("waivers")?.Value.Items ?? [])
        {
            errors.IsKind(item, ConfigKind.Object, "a waiver");
        }

        foreach (var item in root.Find("overrides")?.Value.Items ?? [])
        {
            if (errors.IsKind(item, ConfigKind.Object, "an override"))
            {
                foreach (var rules in item.Members.Where(m => m.Name is "gates" or "require"))
                {
                    errors.IsKind(rules.Value, ConfigKind.Object, rules.Name);
                }
            }
        }

        return errors.Count == before;
    }
}
