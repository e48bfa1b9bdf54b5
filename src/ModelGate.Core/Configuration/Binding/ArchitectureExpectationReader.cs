using System.Buffers;
using System.Text.Json;
using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;
using ModelGate.Configuration.Documents;
using ModelGate.Runs;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the object of the role architecture: a family, a pattern, a command, or an assembly.</summary>
internal sealed class ArchitectureExpectationReader
{
    private const int LongestTimeout = 600;
    private static readonly string[] Kinds = ["family", "pattern", "command", "assembly"];
    private static readonly string[] FamilyMembers = ["family", "variant", "config", "parameters"];
    private static readonly string[] CommandMembers = ["command", "timeout"];
    private static readonly string[] AssemblyMembers = ["assembly", "type", "arguments", "timeout"];

    private readonly ConfigNode node;
    private readonly ConfigErrors errors;

    private ArchitectureExpectationReader(ConfigNode node, ConfigErrors errors) => (this.node, this.errors) = (node, errors);

    /// <summary>Reads it; what is wrong is added to the errors, and the result is null then.</summary>
    public static ArchitectureExpectation? Read(ConfigNode node, ConfigErrors errors)
    {
        var before = errors.Count;
        var reader = new ArchitectureExpectationReader(node, errors);
        var expectation = node.Members.Select(m => m.Name).Intersect(Kinds).ToArray() switch
        {
            ["family"] => reader.Family(),
            ["pattern"] => reader.Pattern(),
            ["command"] => reader.Command(),
            ["assembly"] => reader.Assembly(),
            [] => reader.NoKind(),
            var several => reader.Error(node.At, SafeText.Of($"an architecture has one of {string.Join(", ", Kinds)}, not both {string.Join(" and ", several)}")),
        };
        return errors.Count == before ? expectation : null;
    }

    private ArchitectureExpectation? NoKind()
        => node.Members is [var first, ..] && NearestName.Of(first.Name, Kinds) is { } nearest
            ? Error(first.At, SafeText.Of($"there is no member \"{first.Name}\" of an architecture; did you mean \"{nearest}\"?"))
            : Error(node.At, SafeText.Of($"an architecture that is an object has one of: {string.Join(", ", Kinds)}"));

    private ArchitectureExpectation? Family()
    {
        Only(FamilyMembers);
        if (Text("family") is not { } name)
        {
            return null;
        }

        if (ModelFamilies.Find(name.Text) is not { } family)
        {
            return Error(name.At, SafeText.Of($"there is no family \"{name.Text}\"{NearestName.Hint(name.Text, ModelFamilies.Names)}"));
        }

        var variant = Text("variant");
        if (variant is not null && !family.Variants.Contains(variant.Text, StringComparer.Ordinal))
        {
            return Error(variant.At, SafeText.Of($"{family.Name} has no variant \"{variant.Text}\"{NearestName.Hint(variant.Text, family.Variants)}"));
        }

        var parameters = Parameters(family);
        var label = variant is null ? family.Name : $"{family.Name} {variant.Text}";
        var path = Text("config");
        if (path is not null)
        {
            return !IsOneFile(path.Text)
                ? Error(path.At, SafeText.Of($"\"config\" has to be the path of one file, relative to this configuration"))
                : new ArchitectureExpectation.FromConfiguration($"{label} ({path.Text})", family, variant?.Text, path.Text, parameters);
        }

        return errors.Count > 0 || Stated(label, node.At, () => family.Expect(variant?.Text, null, parameters)) is not { } stated
            ? null
            : stated with { Family = family, Variant = variant?.Text };
    }

    private ConfigurationValue.Map Parameters(ModelFamily family)
    {
        var values = new Dictionary<string, ConfigurationValue>(StringComparer.Ordinal);
        if (Member("parameters") is not { } parameters)
        {
            return new ConfigurationValue.Map(values);
        }

        if (parameters.Kind != ConfigKind.Object)
        {
            Error(parameters.At, SafeText.Of($"\"parameters\" is {parameters.KindName}; it has to be an object"));
        }

        foreach (var member in parameters.Members)
        {
            if (family.Parameters.FirstOrDefault(p => p.Name == member.Name) is not { } parameter)
            {
                Error(member.At, SafeText.Of($"{family.Name} has no parameter \"{member.Name}\"{NearestName.Hint(member.Name, [.. family.Parameters.Select(p => p.Name)])}"));
                continue;
            }

            try
            {
                values[member.Name] = parameter.Check(Value(member.Value));
            }
            catch (FamilyException fault)
            {
                Error(member.Value.At, fault.Sentence);
            }
        }

        return new ConfigurationValue.Map(values);
    }

    private ArchitectureExpectation? Pattern()
    {
        Only(["pattern"]);
        var pattern = Member("pattern")!;
        if (pattern.Kind != ConfigKind.Object || pattern.Members.Count == 0)
        {
            return Error(pattern.At, SafeText.Of($"\"pattern\" has to be an object of names to shapes"));
        }

        var read = PatternReader.Read(pattern, errors);
        return errors.Count > 0 ? null : Stated("pattern", pattern.At, () => KeyPattern.Expand(read));
    }

    private ArchitectureExpectation? Command()
    {
        Only(CommandMembers);
        var command = Member("command")!;
        if (command.Kind != ConfigKind.Array || command.Items.Count == 0 || !command.Items.All(i => i.Kind == ConfigKind.Text && !i.Text.Contains('\0', StringComparison.Ordinal))
            || command.Items[0].Text.Length == 0)
        {
            return Error(command.At, SafeText.Of($"\"command\" has to be a list of strings: the program, then each of its arguments; no shell splits it"));
        }

        return Timeout() is { } timeout
            ? new ArchitectureExpectation.FromCommand($"the output of {command.Items[0].Text}", [.. command.Items.Select(i => i.Text)], timeout)
            : null;
    }

    private ArchitectureExpectation.FromAssembly? Assembly()
    {
        Only(AssemblyMembers);
        var (path, type, arguments) = (Text("assembly"), Text("type"), Member("arguments"));
        if (path is not null && !IsOneFile(path.Text))
        {
            Error(path.At, SafeText.Of($"\"assembly\" has to be the path of one file, relative to this configuration"));
        }

        if (Member("type") is null || type?.Text.Trim().Length == 0)
        {
            Error(type?.At ?? node.At, SafeText.Of($"\"type\" has to be the name of a module with its namespace, such as \"Voices.Generator\""));
        }

        if (arguments is not null && arguments.Kind != ConfigKind.Object)
        {
            Error(arguments.At, SafeText.Of($"\"arguments\" is {arguments.KindName}; it has to be an object of the constructor's arguments by name"));
        }

        return Timeout() is { } timeout && path is not null && type is not null
            ? new ArchitectureExpectation.FromAssembly(
                $"{type.Text} of {path.Text}", path.Text, type.Text, arguments is { Kind: ConfigKind.Object } ? ArgumentsOf(arguments) : null, timeout)
            : null;
    }

    private TimeSpan? Timeout()
    {
        var seconds = Member("timeout") is { } timeout ? timeout.Whole ?? 0 : 60;
        if (seconds is >= 1 and <= LongestTimeout)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Error(Member("timeout")!.At, SafeText.Of($"\"timeout\" has to be a whole number of seconds from 1 to {LongestTimeout}"));
        return null;
    }

    private static bool IsOneFile(string path) => path.Length is > 0 and <= 1024 && !path.AsSpan().ContainsAny("*?\0") && !RelativePath.IsAbsolute(path);

    private static JsonElement ArgumentsOf(ConfigNode arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, arguments);
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement.Clone();
    }

    // Bounded by the parser's deepest nesting.
    private static void Write(Utf8JsonWriter writer, ConfigNode value)
    {
        switch (value.Kind)
        {
            case ConfigKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.Members)
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case ConfigKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ConfigKind.Text:
                writer.WriteStringValue(value.Text);
                break;
            case ConfigKind.Number when value.Whole is { } whole:
                writer.WriteNumberValue(whole);
                break;
            case ConfigKind.Number:
                writer.WriteNumberValue(value.Number);
                break;
            case ConfigKind.True or ConfigKind.False:
                writer.WriteBooleanValue(value.Kind == ConfigKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    // What the configuration says by itself is wrong here and now, with its place, and not when a gate runs.
    private ArchitectureExpectation.Stated? Stated(string label, SourcePosition at, Func<KeyManifest> manifest)
    {
        try
        {
            return new ArchitectureExpectation.Stated(label, manifest());
        }
        catch (FamilyException fault)
        {
            Error(at, fault.Sentence);
            return null;
        }
    }

    private void Only(string[] names)
    {
        foreach (var member in node.Members.Where(m => !names.Contains(m.Name, StringComparer.Ordinal)))
        {
            Error(member.At, SafeText.Of($"there is no member \"{member.Name}\" beside \"{names[0]}\"{NearestName.Hint(member.Name, names)}"));
        }
    }

    private ConfigNode? Member(string name) => node.Members.FirstOrDefault(m => m.Name == name)?.Value;

    private ConfigNode? Text(string name)
    {
        if (Member(name) is not { } value || value.Kind == ConfigKind.Text)
        {
            return Member(name);
        }

        Error(value.At, SafeText.Of($"\"{name}\" is {value.KindName}; it has to be a string"));
        return null;
    }

    // Bounded by the parser's deepest nesting.
    private static ConfigurationValue Value(ConfigNode value) => value.Kind switch
    {
        ConfigKind.Object => new ConfigurationValue.Map(value.Members.DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => Value(m.Value), StringComparer.Ordinal)),
        ConfigKind.Array => new ConfigurationValue.List([.. value.Items.Select(Value)]),
        ConfigKind.Text => new ConfigurationValue.Text(value.Text),
        ConfigKind.Number => value.Whole is { } whole ? new ConfigurationValue.Integer(whole) : new ConfigurationValue.Real(value.Number),
        ConfigKind.True or ConfigKind.False => new ConfigurationValue.Truth(value.Kind == ConfigKind.True),
        _ => new ConfigurationValue.Null(),
    };

    private ArchitectureExpectation? Error(SourcePosition at, SafeText message)
    {
        errors.Add(at, message);
        return null;
    }
}
