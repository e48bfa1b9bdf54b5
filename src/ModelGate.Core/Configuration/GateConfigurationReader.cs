using System.Security.Cryptography;
using ModelGate.Bytes;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>Reads <c>gate.config.json</c> strictly: what is unknown, doubled, ill-typed or out of range is an error with its place.</summary>
internal sealed class GateConfigurationReader
{
    /// <summary>The file's name.</summary>
    public const string FileName = "gate.config.json";

    private static readonly string[] TopLevel = ["$schema", "artifacts", "gates", "limits"];

    private readonly List<ConfigurationError> errors = [];

    private GateConfigurationReader()
    {
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The path as the user knows it, for messages.</param>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="ConfigurationException">Something in it is wrong; every error is told, not only the first.</exception>
    public static GateConfiguration Read(string path, byte[] bytes)
    {
        var reader = new GateConfigurationReader();
        var configuration = reader.ReadAll(path, bytes);
        return reader.errors.Count == 0
            ? configuration!
            : throw new ConfigurationException([.. reader.errors.OrderBy(e => e.At.Line).ThenBy(e => e.At.Column)]);
    }

    private GateConfiguration? ReadAll(string path, byte[] bytes)
    {
        if (bytes.Length > ConfigParser.LongestConfiguration)
        {
            Error(new SourcePosition(SafeText.From(path), 1, 1), SafeText.Of($"a configuration of {bytes.Length} bytes is over the limit of {ConfigParser.LongestConfiguration}"));
            return null;
        }

        if (ConfigParser.Parse(SafeText.From(path), bytes, errors) is not { } root || !IsKind(root, ConfigKind.Object, "a configuration"))
        {
            return null;
        }

        var roles = new Dictionary<ArtifactRole, RolePatterns>();
        var gates = new List<ConfiguredGate>();
        ArchitectureExpectation? architecture = null;
        var limits = ReadLimits.Default;
        foreach (var member in root.Members)
        {
            switch (member.Name)
            {
                case "$schema":
                    IsKind(member.Value, ConfigKind.Text, "$schema");
                    break;
                case "artifacts" when IsKind(member.Value, ConfigKind.Object, "artifacts"):
                    architecture = ReadRoles(member.Value, roles);
                    break;
                case "gates" when IsKind(member.Value, ConfigKind.Object, "gates"):
                    ReadGates(member.Value, gates);
                    break;
                case "limits" when IsKind(member.Value, ConfigKind.Object, "limits"):
                    limits = ReadLimitsOf(member.Value);
                    break;
                case "artifacts" or "gates" or "limits":
                    break;
                default:
                    Unknown(member, "member", TopLevel);
                    break;
            }
        }

        if (errors.Count == 0 && root.Members.All(m => m.Name != "gates"))
        {
            Error(root.At, SafeText.Of($"the member \"gates\" is missing: a configuration without gates judges nothing"));
        }

        return new GateConfiguration(
            path, Convert.ToHexStringLower(SHA256.HashData(bytes)), roles, [.. gates.OrderBy(g => g.Gate.Id, StringComparer.Ordinal)])
        {
            Architecture = architecture,
            Limits = limits,
        };
    }

    private ReadLimits ReadLimitsOf(ConfigNode node)
    {
        var limits = ReadLimits.Default;
        foreach (var member in node.Members)
        {
            if (LimitDescriptor.Find(member.Name) is not { } limit)
            {
                Unknown(member, "limit", [.. ReadLimits.All.Select(l => l.Name)]);
            }
            else if (IsKind(member.Value, ConfigKind.Number, member.Name))
            {
                if (LimitValue.Problem(limit, member.Value.Number) is { } problem)
                {
                    Error(member.Value.At, problem);
                }
                else
                {
                    limits = limit.With(limits, (long)member.Value.Number);
                }
            }
        }

        return limits;
    }

    private ArchitectureExpectation? ReadRoles(ConfigNode artifacts, Dictionary<ArtifactRole, RolePatterns> roles)
    {
        ArchitectureExpectation? architecture = null;
        foreach (var member in artifacts.Members)
        {
            var role = ArtifactRoles.All.Where(r => r.Key() == member.Name).Select(r => (ArtifactRole?)r).FirstOrDefault();
            if (role is null)
            {
                Unknown(member, "role", [.. ArtifactRoles.All.Select(r => r.Key())]);
            }
            else if (role == ArtifactRole.Architecture && member.Value.Kind == ConfigKind.Object)
            {
                architecture = ArchitectureExpectationReader.Read(member.Value, errors);
            }
            else if (Texts(member.Value, member.Name) is { } patterns && patterns.All(p => IsPattern(p, member)))
            {
                roles.TryAdd(role.Value, new RolePatterns(patterns, member.At));
            }
        }

        return architecture;
    }

    private bool IsPattern(string pattern, ConfigMember member)
    {
        if (pattern.Length is 0 or > 1024 || pattern.Contains('\0', StringComparison.Ordinal))
        {
            Error(member.Value.At, SafeText.Of($"\"{member.Name}\" has an empty or overlong pattern"));
            return false;
        }

        if (IsAbsolute(pattern))
        {
            Error(member.Value.At, SafeText.Of($"the pattern \"{pattern}\" is absolute: paths are relative to the configuration"));
            return false;
        }

        return true;
    }

    /// <summary>Whether a path does not begin at the configuration.</summary>
    internal static bool IsAbsolute(string path) => System.IO.Path.IsPathRooted(path) || path.Contains(':', StringComparison.Ordinal);

    private void ReadGates(ConfigNode node, List<ConfiguredGate> gates)
    {
        foreach (var member in node.Members)
        {
            var gate = GateCatalogue.Configurable.FirstOrDefault(g => g.Name == member.Name);
            if (gate is null)
            {
                Unknown(member, "gate", [.. GateCatalogue.Configurable.Select(g => g.Name)]);
            }
            else if (ReadGate(gate, member) is { } configured)
            {
                gates.Add(configured);
            }
        }
    }

    private ConfiguredGate? ReadGate(GateDescriptor gate, ConfigMember member)
    {
        if (member.Value.Kind == ConfigKind.Text)
        {
            return SeverityOf(member.Value) is { } severity ? new ConfiguredGate(gate, severity, gate.Bind(OptionValues.None), member.At) : null;
        }

        if (!IsKind(member.Value, ConfigKind.Object, member.Name))
        {
            return null;
        }

        Severity? chosen = Severity.Error;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var before = errors.Count;
        foreach (var option in member.Value.Members)
        {
            if (option.Name == "severity")
            {
                chosen = IsKind(option.Value, ConfigKind.Text, "severity") ? SeverityOf(option.Value) : null;
            }
            else if (gate.Options.FirstOrDefault(o => o.Name == option.Name) is { } descriptor)
            {
                if (OptionValueReader.Read(descriptor, option.Value, out var value) is { } problem)
                {
                    Error(option.Value.At, problem);
                }

                values[option.Name] = value;
            }
            else
            {
                Unknown(option, $"option of {gate.Name}", [.. gate.Options.Select(o => o.Name), "severity"]);
            }
        }

        if (chosen is not { } kept || errors.Count != before)
        {
            return null;
        }

        var options = gate.Bind(new OptionValues(values));
        foreach (var problem in gate.Create().Check(options))
        {
            Error(member.Value.Members.First(m => m.Name == problem.Option).Value.At, problem.Message);
        }

        return new ConfiguredGate(gate, kept, options, member.At);
    }

    private Severity? SeverityOf(ConfigNode node)
    {
        switch (node.Text)
        {
            case "error":
                return Severity.Error;
            case "warning":
                return Severity.Warning;
            case "off":
                return null;
            default:
                Error(node.At, SafeText.Of($"\"{node.Text}\" is no severity{NearestName.Hint(node.Text, ["off", "warning", "error"])}"));
                return null;
        }
    }

    private List<string>? Texts(ConfigNode node, string name)
    {
        if (node.Kind == ConfigKind.Text)
        {
            return [node.Text];
        }

        if (node.Kind == ConfigKind.Array && node.Items.Count > 0 && node.Items.All(i => i.Kind == ConfigKind.Text))
        {
            return [.. node.Items.Select(i => i.Text)];
        }

        Error(node.At, SafeText.Of($"\"{name}\" is {node.KindName}; it has to be a glob or a list of globs"));
        return null;
    }

    private bool IsKind(ConfigNode node, ConfigKind kind, string name)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        Error(node.At, SafeText.Of($"\"{name}\" is {node.KindName}; it has to be {new ConfigNode(kind, node.At).KindName}"));
        return false;
    }

    private void Unknown(ConfigMember member, string what, IReadOnlyCollection<string> names)
        => Error(member.At, SafeText.Of($"there is no {what} \"{member.Name}\"{NearestName.Hint(member.Name, names)}"));

    private void Error(SourcePosition at, SafeText message) => errors.Add(new ConfigurationError(at, message));
}
