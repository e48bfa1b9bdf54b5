using ModelGate.Configuration.Documents;
using ModelGate.Readers;
using ModelGate.Runs;
using ModelGate.Trainers;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the member <c>artifacts</c>.</summary>
internal sealed class RoleBinder(ConfigErrors errors, Trainer? trainer)
{
    /// <summary>The patterns of each role.</summary>
    public Dictionary<ArtifactRole, RolePatterns> Roles { get; } = [];

    /// <summary>What states the expected keys, where it is not a file.</summary>
    public ArchitectureExpectation? Architecture { get; private set; }

    /// <summary>How logs state their steps and values, where the configuration says it.</summary>
    public LogPattern? LogPattern { get; private set; }

    /// <summary>Reads every role.</summary>
    public void Bind(ConfigNode artifacts)
    {
        foreach (var member in artifacts.Members)
        {
            if (ArtifactRoles.Find(member.Name) is not { } role)
            {
                errors.AddUnknown(member, "role", [.. ArtifactRoles.All.Select(r => r.Key())]);
            }
            else if (member.Value is { Kind: ConfigKind.Array, Items.Count: 0 })
            {
                // What it extends may name files of the role; this run has none.
                continue;
            }
            else if (role == ArtifactRole.Architecture && member.Value.Kind == ConfigKind.Object)
            {
                Architecture = ArchitectureExpectationReader.Read(member.Value, errors);
            }
            else if (role == ArtifactRole.Log && member.Value.Kind == ConfigKind.Object)
            {
                LogPattern = LogPatternReader.Read(member.Value, errors);
                if (member.Value.Find("files") is { } files)
                {
                    Bind(role, member with { Value = files.Value });
                }
            }
            else
            {
                Bind(role, member);
            }
        }
    }

    private void Bind(ArtifactRole role, ConfigMember member)
    {
        if (Globs(member, errors) is not { } globs)
        {
            return;
        }

        if (globs.All(FilePatterns.IsExclusion))
        {
            errors.Add(member.Value.At, SafeText.Of($"\"{member.Name}\" only says which files it does not mean"));
            return;
        }

        var excluded = globs.Where(FilePatterns.IsExclusion).Select(g => g[1..]).ToArray();
        Roles.TryAdd(role, new RolePatterns([.. globs.Where(g => !FilePatterns.IsExclusion(g))], member.At)
        {
            Excluded = excluded.Length > 0 ? new FilePatterns(excluded) : null,
            IsOptional = member.Value.IsPreset && trainer?.Optional.Contains(member.Name, StringComparer.Ordinal) == true,
        });
    }

    /// <summary>The globs of a member; null where one is wrong, and errors say so.</summary>
    public static IReadOnlyList<string>? Globs(ConfigMember member, ConfigErrors errors)
    {
        if (member.Value.Texts is not { } texts)
        {
            errors.Add(member.Value.At, SafeText.Of($"\"{member.Name}\" is {member.Value.KindName}; it has to be a glob or a list of globs"));
            return null;
        }

        var before = errors.Count;
        foreach (var text in texts)
        {
            var glob = FilePatterns.IsExclusion(text.Text) ? text.Text[1..] : text.Text;
            if (glob.Length is 0 or > 1024 || glob.Contains('\0', StringComparison.Ordinal))
            {
                errors.Add(text.At, SafeText.Of($"\"{member.Name}\" has an empty or overlong pattern"));
            }
            else if (RelativePath.IsAbsolute(glob))
            {
                errors.Add(text.At, SafeText.Of($"the pattern \"{glob}\" is absolute: paths are relative to the configuration"));
            }
        }

        return errors.Count == before ? [.. texts.Select(t => t.Text)] : null;
    }
}
