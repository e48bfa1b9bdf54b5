using ModelGate.Runs;

namespace ModelGate.Configuration.Documents;

/// <summary>Collects what is wrong with a configuration, so that the user is told everything at once.</summary>
internal sealed class ConfigErrors
{
    private readonly List<ConfigurationError> errors = [];
    private readonly List<SafeText> files = [];

    /// <summary>How many there are.</summary>
    public int Count => errors.Count;

    /// <summary>The errors by place, the files in the order in which they were first named; an error that two readings of one place find is listed once.</summary>
    public IReadOnlyList<ConfigurationError> ByPlace
        => [.. errors.Distinct().OrderBy(e => files.IndexOf(e.At.File)).ThenBy(e => e.At.Line).ThenBy(e => e.At.Column)];

    /// <summary>Names a file: its errors come behind those of the files that were named before.</summary>
    public void Name(SafeText file)
    {
        if (!files.Contains(file))
        {
            files.Add(file);
        }
    }

    /// <summary>Adds an error.</summary>
    public void Add(SourcePosition at, SafeText message)
    {
        Name(at.File);
        errors.Add(new ConfigurationError(at, message));
    }

    /// <summary>Adds an error for a name that is not known.</summary>
    public void AddUnknown(ConfigMember member, string what, IReadOnlyCollection<string> names)
        => Add(member.At, SafeText.Of($"there is no {what} \"{member.Name}\"{NearestName.Hint(member.Name, names)}"));

    /// <summary>Whether a gate or a requirement is an object; an error that says how it is turned on or off is added where it is not.</summary>
    public bool IsRule(ConfigNode node, string name)
    {
        if (node.Kind is not (ConfigKind.True or ConfigKind.False))
        {
            return IsKind(node, ConfigKind.Object, name);
        }

        Add(node.At, node.Kind == ConfigKind.True
            ? SafeText.Of($"\"{name}\" is true; write {{}} for its defaults, or its severity, \"error\" or \"warning\"")
            : SafeText.Of($"\"{name}\" is false; write \"off\" to turn it off"));
        return false;
    }

    /// <summary>Whether a value is of the kind that it has to be; an error is added where it is not.</summary>
    public bool IsKind(ConfigNode node, ConfigKind kind, string name)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        Add(node.At, SafeText.Of($"\"{name}\" is {node.KindName}; it has to be {ConfigNode.NameOf(kind)}"));
        return false;
    }
}
