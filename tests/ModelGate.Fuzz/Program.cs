using System.Diagnostics;
using System.Globalization;
using ModelGate.Bytes;
using ModelGate.Fuzz;
using ModelGate.Runs;

return args switch
{
    ["corpus", var folder] => Corpus(folder),
    ["mutate", var seed, var count] => Mutate(int.Parse(seed, CultureInfo.InvariantCulture), long.Parse(count, CultureInfo.InvariantCulture), Fixtures()),
    ["mutate", var seed, var count, var folder] => Mutate(int.Parse(seed, CultureInfo.InvariantCulture), long.Parse(count, CultureInfo.InvariantCulture), folder),
    ["greedy", var folder, var megabytes] => Greedy(folder, long.Parse(megabytes, CultureInfo.InvariantCulture) << 20),
    ["views"] => Views.Serve(Console.In, Console.Out),
    ["hostile", var folder, var kilobytes] => Hostile(folder, int.Parse(kilobytes, CultureInfo.InvariantCulture) << 10),
    ["cost", var tool, .. var families] => Cost(tool, families),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("corpus FOLDER               reads every file below a folder and reports what each cost");
    Console.Error.WriteLine("greedy FOLDER MEGABYTES     writes files that are made to cost memory, for corpus");
    Console.Error.WriteLine("mutate SEED COUNT [FOLDER]  reads COUNT broken variants of the fixtures, or of the files below a folder");
    Console.Error.WriteLine("views                       tells differential.py what ModelGate sees in the files of each folder that it is told");
    Console.Error.WriteLine("hostile FOLDER KILOBYTES    writes files that are made to be dear, one of each family, for corpus");
    Console.Error.WriteLine("cost TOOL [FAMILY]...       runs the tool over files that are made to be dear, and prints what each takes above an empty run");
    return 2;
}

// TOOL is the native program, or modelgate.dll. What a promise is about is in docs/configuration.md.
static int Cost(string tool, string[] only)
{
    var folder = Directory.CreateTempSubdirectory("modelgate-cost-").FullName;
    var configuration = Path.Combine(folder, "gate.config.json");
    var complaints = 0;
    Console.WriteLine("family\tcommand\tbytes\tms\tms/MB\tMiB\tMiB allowed\texit");
    foreach (var (family, write) in HostileFiles.Families)
    {
        if (only.Length > 0 && !only.Any(o => family.StartsWith(o, StringComparison.Ordinal)))
        {
            continue;
        }

        foreach (var length in (int[])[64 << 10, 1 << 20, 4 << 20])
        {
            var name = "model" + Path.GetExtension(family);
            var file = Path.Combine(folder, name);
            using (var stream = new BufferedStream(File.Create(file)))
            {
                write(stream, length);
            }

            var checkpoint = Path.Combine(folder, "G_100" + Path.GetExtension(family));
            File.Copy(file, checkpoint, overwrite: true);
            File.WriteAllText(configuration, (Path.GetExtension(family) switch
            {
                ".log" => """{"artifacts":{"log":"MODEL"},"gates":{"loss-must-converge":{}}}""",
                ".json" => """{"artifacts":{"architecture":"MODEL","model":"MODEL"},"gates":{"keys-must-match":{}}}""",
                _ => """
                    {"artifacts":{"model":"MODEL","checkpoints":"G_*.EXTENSION","architecture":{"pattern":{"w":[1]}}},
                     "gates":{"pickle-must-be-safe":{},"archive-must-be-whole":{},"final-checkpoint-must-be-exported":{},"keys-must-match":{}},
                     "require":{"model.weight-max":{"at-most":1}}}
                    """,
            }).Replace("MODEL", name, StringComparison.Ordinal).Replace(".EXTENSION", Path.GetExtension(family), StringComparison.Ordinal));
            var bytes = Uninflated(file);
            foreach (var (command, files, arguments) in ((string, int, string[])[])
                [("inspect", 1, ["inspect", "--stats", "--format", "json", file]), ("check", 2, ["check", "--format", "json", folder, "--report", "html=" + Path.Combine(folder, "report.html")])])
            {
                var cost = ToolCost.Of(tool, arguments).Above(ToolCost.Of(tool, "explain"));
                var complaint = cost.Complaint(files * bytes);
                complaints += complaint is null ? 0 : 1;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{family}\t{command}\t{bytes}\t{cost.Elapsed.TotalMilliseconds:0}\t{cost.Elapsed.TotalMilliseconds / Math.Max(0.01, files * bytes / 1048576.0):0}\t{cost.Peak >> 20}\t{(ToolCost.FreeBytes + (ToolCost.BytesPerByte * files * bytes)) >> 20}\t{cost.ExitCode}\t{complaint}"));
            }

            File.Delete(file);
            File.Delete(checkpoint);
        }
    }

    Directory.Delete(folder, recursive: true);
    return complaints == 0 ? 0 : 1;
}

// Deflated records count with what they inflate to.
static long Uninflated(string file)
{
    if (Path.GetExtension(file) is not (".pth" or ".npz"))
    {
        return new FileInfo(file).Length;
    }

    using var archive = System.IO.Compression.ZipFile.OpenRead(file);
    return Math.Max(new FileInfo(file).Length, archive.Entries.Sum(e => e.Length));
}

static int Hostile(string folder, int length)
{
    Directory.CreateDirectory(folder);
    foreach (var family in HostileFiles.Families.Keys)
    {
        File.WriteAllBytes(Path.Combine(folder, family), HostileFiles.Make(family, length));
    }

    return 0;
}

static int Greedy(string folder, long length)
{
    GreedyFiles.Write(folder, length);
    return 0;
}

// Whatever the files are: each is read or refused, and the process lives. For a heap limit: DOTNET_GCHeapHardLimit=0xC800000
static int Corpus(string folder)
{
    var (files, refused, faults) = (0, 0, 0);
    foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
    {
        files++;
        try
        {
            using var source = FileByteSource.Open(file);
            var execution = Execution.Of(source, ReadLimits.Default);
            refused += execution.Refusal is null ? 0 : 1;
            var verdict = execution.Refusal is { } refusal ? $"refused: {refusal.Reason}{(refusal.Limit is { } limit ? $" ({limit})" : "")}" : "read";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetRelativePath(folder, file)}\t{source.Length}\t{execution.Elapsed.TotalMilliseconds:0.0} ms\t{execution.Allocated}\t{execution.Values}\t{verdict}"));
        }
        catch (IOException)
        {
            Console.WriteLine($"{file}\tcannot be opened");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            faults++;
            Console.WriteLine($"{file}\tFAULT {fault.GetType().Name}: {fault.Message}");
        }
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files} files, {refused} refused, {faults} faults, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
    return faults == 0 ? 0 : 1;
}

static int Mutate(int seed, long count, string folder)
{
    var mutator = new Mutator(GoldenFiles.Below(folder), seed);
    var started = Stopwatch.GetTimestamp();
    var reported = started;
    var (refused, faults, slowest, largest) = (0L, 0, TimeSpan.Zero, 0L);
    for (var i = 1L; i <= count; i++)
    {
        var bytes = mutator.Next();

        // Most files are known by their content; the readers that a role chooses take their turn.
        ArtifactRole? role = (i % 8) switch { 0 => ArtifactRole.Metrics, 1 => ArtifactRole.Config, 2 => ArtifactRole.Log, _ => null };
        try
        {
            using var source = new MemoryByteSource(bytes);
            var execution = Execution.Of(source, ReadLimits.Default, role);

            // A starved process is slow by chance, a greedy file every time.
            for (var again = 0; again < 3 && execution.Elapsed > Execution.LongestTime; again++)
            {
                execution = Execution.Of(source, ReadLimits.Default, role);
            }

            refused += execution.Refusal is null ? 0 : 1;
            slowest = execution.Elapsed > slowest ? execution.Elapsed : slowest;
            largest = Math.Max(largest, execution.Allocated - (Execution.AllocationPerByte * (long)bytes.Length));
            if (execution.Complaint(bytes.Length) is { } complaint)
            {
                faults += Keep(seed, i, bytes, complaint);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            faults += Keep(seed, i, bytes, fault.ToString());
        }

        if (Stopwatch.GetElapsedTime(reported).TotalSeconds > 30 || i == count)
        {
            reported = Stopwatch.GetTimestamp();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{i} executions, {i / Stopwatch.GetElapsedTime(started).TotalSeconds:0} a second, {refused} refused, {faults} faults, slowest {slowest.TotalMilliseconds:0} ms, most allocated beyond 4x the input {largest >> 10} KiB"));
        }
    }

    return faults == 0 ? 0 : 1;
}

static int Keep(int seed, long number, byte[] bytes, string complaint)
{
    var file = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"modelgate-fuzz-{seed}-{number}.bin"));
    File.WriteAllBytes(file, bytes);
    Console.WriteLine($"{file}: {complaint}");
    return 1;
}

static string Fixtures() => ModelGate.Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures");
