using System.Security.Cryptography;
using ModelGate.Artifacts;
using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Readers;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Opens, hashes and reads the files that a configuration names. It keeps them open: artifacts read their bytes on demand.</summary>
internal sealed class ArtifactLoader(Workspace workspace, ReadLimits limits, IProgress<ReadProgress>? progress, CancellationToken cancellation) : IDisposable
{
    private readonly Dictionary<(string Path, bool IsConfiguration), LoadedFile> files = [];
    private readonly List<IDisposable> open = [];

    /// <summary>Every file that was read, ordered by path, once for each role.</summary>
    public List<RunArtifact> Loaded { get; } = [];

    /// <summary>Reads every file of the roles.</summary>
    public ArtifactSet Load(IReadOnlyDictionary<ArtifactRole, RolePatterns> roles, bool showExhibits)
    {
        var set = new ArtifactSet { ShowExhibits = showExhibits, Cancellation = cancellation };
        foreach (var (role, wanted) in roles.OrderBy(r => r.Key))
        {
            var found = new SortedDictionary<string, RoleFile>(StringComparer.Ordinal);
            foreach (var pattern in wanted.Patterns)
            {
                try
                {
                    foreach (var path in GlobMatches.Of(workspace, pattern))
                    {
                        found.TryAdd(path, Load(path, role, role == ArtifactRole.Config));
                    }
                }
                catch (IOException fault)
                {
                    found.TryAdd(pattern, new RoleFile(pattern, 0, default, null, SafeText.From(fault.Message)));
                }
            }

            set.Add(role, wanted.Patterns, [.. found.Values]);
        }

        Sort();
        return set;
    }

    /// <summary>Reads the trainer's configuration at a path, as a part of another role.</summary>
    public RoleFile LoadConfiguration(string path, ArtifactRole role)
    {
        var file = GlobMatches.Of(workspace, path) is [var found]
            ? Load(found, role, isConfiguration: true)
            : new RoleFile(path, 0, default, null, SafeText.Of($"there is no such file"));
        Sort();
        return file;
    }

    private void Sort()
        => Loaded.Sort((a, b) => string.CompareOrdinal(a.Path.Value, b.Path.Value) is var order and not 0 ? order : a.Role.CompareTo(b.Role));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in open)
        {
            source.Dispose();
        }
    }

    private RoleFile Load(string path, ArtifactRole role, bool isConfiguration)
    {
        // One file may play two parts; it is read once.
        if (!files.TryGetValue((path, isConfiguration), out var file))
        {
            files.Add((path, isConfiguration), file = Read(path, isConfiguration));
        }

        Loaded.Add(new RunArtifact(
            SafeText.From(path), role, KindOf(file.File.Content), file.Format, file.File.Bytes, file.Sha256, file.File.Content?.Warnings ?? []));
        return file.File;
    }

    private LoadedFile Read(string path, bool isConfiguration)
    {
        FileByteSource file;
        try
        {
            file = FileByteSource.Open(Resolve(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new LoadedFile(new RoleFile(path, 0, default, null, Sentence(fault)), "", "");
        }

        open.Add(file);
        IByteSource source = progress is null ? file : new WatchedByteSource(file, path, progress);
        var (sha256, format) = ("", "");
        try
        {
            ReadBudget.Require(source.Length, limits.FileBytes, nameof(ReadLimits.FileBytes), "the file's length");
            sha256 = Hash(source);
            var siblings = new FileFolder(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(workspace.Folder, path)))!, workspace);
            open.Add(siblings);
            var budget = new ReadBudget(limits, cancellation);
            Artifact artifact = isConfiguration ? TrainerConfigurationReader.Read(source, budget) : ArtifactReaders.Read(source, budget, siblings);
            return new LoadedFile(new RoleFile(path, source.Length, file.LastWriteTime, artifact, SafeText.Empty), sha256, artifact.Format);
        }
        catch (ArtifactFormatException fault)
        {
            format = fault.Format ?? "";
            return new LoadedFile(new RoleFile(path, source.Length, file.LastWriteTime, null, fault.Sentence) { Fault = fault }, sha256, format);
        }
        catch (IOException fault)
        {
            return new LoadedFile(new RoleFile(path, source.Length, file.LastWriteTime, null, Sentence(fault)), sha256, format);
        }
    }

    private string Resolve(string path)
    {
        var full = Path.GetFullPath(Path.Combine(workspace.Folder, path));
        var target = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        return workspace.Contains(target) ? full : throw new IOException("it is a link that leads out of the workspace");
    }

    private string Hash(IByteSource source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        for (var offset = 0L; offset < source.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = source.Read(offset, buffer);
            if (count == 0)
            {
                throw new IOException("it became shorter while it was read");
            }

            hash.AppendData(buffer.AsSpan(0, count));
            offset += count;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static SafeText Sentence(Exception fault) => SafeText.From(fault.Message.TrimEnd('.'));

    private static string KindOf(Artifact? artifact) => artifact switch
    {
        null => "unreadable",
        Checkpoint => "checkpoint",
        TrainingLog => "log",
        AudioClip => "audio",
        KeyManifest => "manifest",
        TrainerConfiguration => "configuration",
        _ => "other",
    };

    private sealed record LoadedFile(RoleFile File, string Sha256, string Format);
}
