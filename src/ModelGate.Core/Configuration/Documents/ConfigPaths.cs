namespace ModelGate.Configuration.Documents;

/// <summary>Rewrites the paths of a document that lies elsewhere: each is relative to the file that says it.</summary>
internal static class ConfigPaths
{
    /// <summary>The document with its paths seen from another folder.</summary>
    /// <param name="root">The document.</param>
    /// <param name="folder">Its folder as seen from there: empty, or with a slash at its end.</param>
    public static ConfigNode From(string folder, ConfigNode root) => folder.Length == 0 ? root : root with
    {
        Members = [.. root.Members.Select(member => member with
        {
            Value = member.Name switch
            {
                "artifacts" => Each(member.Value, (_, role) => role.Kind == ConfigKind.Object ? Each(role, (name, value) => name is "config" or "files" ? Path(folder, value) : value) : Path(folder, role)),
                "overrides" => member.Value with { Items = [.. member.Value.Items.Select(o => Each(o, (name, value) => name == "files" ? Path(folder, value) : value))] },
                _ => member.Value,
            },
        })],
    };

    private static ConfigNode Each(ConfigNode node, Func<string, ConfigNode, ConfigNode> change)
        => node with { Members = [.. node.Members.Select(m => m with { Value = change(m.Name, m.Value) })] };

    // An absolute path and an empty one are left to the check that follows.
    private static ConfigNode Path(string folder, ConfigNode node) => node.Kind switch
    {
        ConfigKind.Array => node with { Items = [.. node.Items.Select(i => Path(folder, i))] },
        ConfigKind.Text when node.Text.Length > 0 && !RelativePath.IsAbsolute(node.Text) => node with
        {
            Text = FilePatterns.IsExclusion(node.Text) ? "!" + RelativePath.In(folder, node.Text[1..]) : RelativePath.In(folder, node.Text),
        },
        _ => node,
    };
}
