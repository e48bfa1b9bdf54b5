using System.CommandLine;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Runs.Json;

namespace ModelGate.Tool;

/// <summary><c>modelgate verify</c>: whether a statement of check --attest is about the files in hand, and says that they passed.</summary>
internal static class VerifyCommand
{
    private const int MostShown = 20;
    private const long LongestStatement = 64 << 20;

    public static Command Create(Session session)
    {
        var statement = new Argument<string>("STATEMENT") { Description = "The statement that check --attest wrote." };
        var paths = new Argument<string[]>("PATH") { Description = "The folder that was judged, whose files must all be those of the statement; or single files, each of which must be one of them. Without one: the current folder.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("verify", "Says whether a verdict that check --attest wrote is about the files in hand, and whether they passed. It checks no signature: the build server's own tool does.") { statement, paths };
        command.SetAction(parsed => Run(session, parsed.GetValue(statement)!, parsed.GetValue(paths) is { Length: > 0 } named ? named : ["."]));
        return command;
    }

    private static int Run(Session session, string name, string[] paths)
    {
        var statement = Read(name);
        var (differs, unknown) = (new List<SafeText>(), new List<SafeText>());
        var (files, configurations) = (0, 0);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var stated = statement.Subject.Select(d => (d, IsSubject: true)).Concat(statement.Predicate.Configuration.Where(d => !d.Name.StartsWith("pkg:", StringComparison.Ordinal)).Select(d => (d, IsSubject: false)));
                foreach (var (descriptor, isSubject) in stated)
                {
                    Compare(path, descriptor, differs, unknown);
                    files += isSubject ? 1 : 0;
                    configurations += isSubject ? 0 : 1;
                }
            }
            else if (Hash(path) is not { } hash)
            {
                unknown.Add(SafeText.Of($"{path} cannot be read"));
            }
            else if (!statement.Subject.Any(d => IsOf(d, hash)))
            {
                differs.Add(SafeText.Of($"{path} is none of the files that the statement is about"));
            }
            else
            {
                files++;
            }
        }

        if (files == 0 && differs.Count + unknown.Count == 0)
        {
            unknown.Add(SafeText.Of($"{name} is about no file"));
        }

        foreach (var sentence in differs.Concat(unknown).Take(MostShown))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {sentence}").Value);
        }

        if (differs.Count + unknown.Count > MostShown)
        {
            session.Error.WriteLine($"modelgate: and {differs.Count + unknown.Count - MostShown} more");
        }

        if (differs.Count + unknown.Count > 0)
        {
            return differs.Count > 0 ? ExitCode.Failed : ExitCode.CouldNotJudge;
        }

        var failed = statement.Predicate.FailedTests ?? [];
        if (statement.Predicate.Result is not ("PASSED" or "WARNED") || failed.Count > 0)
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {name} is about these files, and says that they did not pass: {SafeText.Join(", ", failed.Take(3).Select(t => SafeText.From(t)))}{SafeText.From(failed.Count > 3 ? $" and {failed.Count - 3} more" : "")}").Value);
            return ExitCode.Failed;
        }

        session.Output.WriteLine(SafeText.Of($"{name}: {SafeText.Count(files, "file")} and {SafeText.Count(configurations, "configuration file")} are those of the statement, and passed {SafeText.Count((statement.Predicate.PassedTests ?? []).Count, "judgement")}{SafeText.From(statement.Predicate.Result == "WARNED" ? $", {(statement.Predicate.WarnedTests ?? []).Count} with a warning" : "")}. Its signature was not checked.").Value);
        return ExitCode.Passed;
    }

    private static void Compare(string folder, DescriptorDocument descriptor, List<SafeText> differs, List<SafeText> unknown)
    {
        // A configuration may lie above the model, and models beside each other: a name may lead out of the folder, and is only ever read.
        var path = Path.Combine(folder, descriptor.Name);
        if (!File.Exists(path))
        {
            unknown.Add(SafeText.Of($"{descriptor.Name} is not in {folder}"));
        }
        else if (Hash(path) is not { } hash)
        {
            unknown.Add(SafeText.Of($"{descriptor.Name} cannot be read"));
        }
        else if (!IsOf(descriptor, hash))
        {
            differs.Add(SafeText.Of($"{descriptor.Name} is not the file that was judged: its SHA-256 is {hash}"));
        }
    }

    private static bool IsOf(DescriptorDocument descriptor, string hash) => string.Equals(descriptor.Digest["sha256"], hash, StringComparison.OrdinalIgnoreCase);

    private static string? Hash(string path)
    {
        try
        {
            return UnixFileType.IsRegular(path) ? Attestation.HashOf(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static StatementDocument Read(string path)
    {
        using var file = OpenedFile.Open(path);
        if (file.Source.Length > LongestStatement)
        {
            throw new UsageException(SafeText.Of($"{path} has {file.Source.Length} bytes; a statement has at most {LongestStatement}"));
        }

        try
        {
            var bytes = new byte[file.Source.Length];
            return StatementJson.Read(bytes.AsSpan(0, file.Source.Read(0, bytes)));
        }
        catch (ArtifactFault fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be verified: {fault.Description}"));
        }
    }
}
