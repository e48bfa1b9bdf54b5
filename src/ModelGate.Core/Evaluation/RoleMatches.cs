using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Finds the files of the roles that the gates of a plan read. No file is opened.</summary>
internal sealed class RoleMatches
{
    private readonly Dictionary<RoleFile, SafeText> unreachable = [];
    private readonly Dictionary<ArtifactRole, RoleMatch> roles = [];
    private readonly List<SafeText> unread = [];

    /// <summary>Finds the files.</summary>
    public RoleMatches(EvaluationPlan plan, IReadOnlySet<ArtifactRole> read)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (role, patterns) in plan.Configuration.Artifacts.OrderBy(r => r.Key))
        {
            // A role that no gate reads stays named: whether a gate applies must not depend on the others that run.
            if (read.Contains(role))
            {
                roles[role] = Match(plan.Workspace, role, patterns);
                continue;
            }

            roles[role] = new RoleMatch([], SafeText.Empty);
            var matches = patterns.Patterns.Select(p => (Pattern: p, Match(plan.Workspace, role, patterns with { Patterns = [p] }).Files)).ToArray();
            others.UnionWith(matches.SelectMany(m => m.Files).Select(f => f.Path));
            unread.AddRange(matches.Where(m => m.Files.Count == 0).Select(m => m.Pattern).Select(p => SafeText.Of($"no file matches the {role.Key()} pattern {SafeText.From(p)}, and no gate that runs reads the role")));
        }

        unread.AddRange(plan.Configuration.Overrides.Files.Where(o => !others.Concat(roles.Values.SelectMany(r => r.Files).Select(f => f.Path)).Any(o.Files.Contains))
            .Select(o => SafeText.Of($"no file of the artifacts matches the override's pattern {SafeText.From(o.Patterns)}, which therefore changes nothing")));
        if (plan.Configuration.Architecture is { } architecture)
        {
            roles[ArtifactRole.Architecture] = new RoleMatch([new RoleFile(ArtifactRole.Architecture, architecture.Label)], SafeText.Empty);
        }
    }

    /// <summary>What is said of patterns that match nothing where no gate says so: those of a role that no gate reads, and of overrides.</summary>
    public IReadOnlyList<SafeText> Unread => unread;

    /// <summary>The files by role.</summary>
    public RoleFiles Files => new(roles);

    /// <summary>Why a pattern leads to no file that may be opened; empty for every other file.</summary>
    public SafeText Problem(RoleFile file) => unreachable.GetValueOrDefault(file);

    /// <summary>The full paths of everything that a plan reads: its configurations, and the files of all roles.</summary>
    public static IEnumerable<string> Inputs(EvaluationPlan plan)
    {
        var matches = new RoleMatches(plan, ArtifactRoles.All.ToHashSet());
        var files = matches.roles.Values.SelectMany(r => r.Files).ToArray();
        return files.Select(f => f.Path)
            .Concat(plan.Configuration.Files.Select(f => f.Path))
            .Concat(RunInputs.Of(plan))
            .Concat(files.Where(f => f.Role is ArtifactRole.Model or ArtifactRole.Checkpoints).Select(f => RunInputs.ConfigBeside(f.Path)))
            .Select(path => Path.GetFullPath(Path.Combine(plan.Workspace.Folder, path)))
            .Concat(plan.Configuration.Files.Select(f => Path.GetFullPath(f.Shown.Value)));
    }

    private static SafeText Hint(Workspace workspace, RolePatterns patterns)
        => patterns.Patterns.Select(p => NeighbouringFiles.Hint(workspace, p)).FirstOrDefault(h => !h.IsEmpty);

    private RoleMatch Match(Workspace workspace, ArtifactRole role, RolePatterns patterns)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns.Patterns)
        {
            try
            {
                found.UnionWith(patterns.AreNames ? [pattern] : GlobMatches.Of(workspace, pattern).Where(patterns.Means));
            }
            catch (IOException fault)
            {
                found.Add(pattern);
                unreachable[new RoleFile(role, pattern)] = SafeText.From(fault.Message);
            }
        }

        return new RoleMatch([.. found.Select(path => new RoleFile(role, path))], found.Count > 0
            ? SafeText.Empty
            : SafeText.Of($"no file matches the {role.Key()} pattern {SafeText.Join(", ", patterns.Patterns.Select(p => SafeText.From(p)))}{Hint(workspace, patterns)}"))
        {
            OtherCase = DataSets.Roles.Contains(role) && !patterns.AreNames ? [.. OtherCase(workspace, patterns).Where(p => !found.Contains(p)).Select(p => new RoleFile(role, p))] : [],
        };
    }

    // *.npy as *.[nN][pP][yY].
    private static IEnumerable<string> OtherCase(Workspace workspace, RolePatterns patterns)
    {
        try
        {
            return [.. patterns.Patterns.Where(p => p.LastIndexOf('.') > p.LastIndexOf('/') && p.AsSpan(p.LastIndexOf('.') + 1).IndexOfAnyExceptInRange('a', 'z') < 0)
                .SelectMany(p => GlobMatches.Of(workspace, $"{p[..(p.LastIndexOf('.') + 1)]}{string.Concat(p[(p.LastIndexOf('.') + 1)..].Select(c => $"[{c}{char.ToUpperInvariant(c)}]"))}"))
                .Where(patterns.Means).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        catch (IOException)
        {
            // The pattern itself says why.
            return [];
        }
    }
}
