using System.Diagnostics;
using System.Globalization;
using ModelGate.Bytes;
using ModelGate.Fuzz;

return args switch
{
    ["corpus", var folder] => Corpus(folder),
    ["mutate", var seed, var count] => Mutate(int.Parse(seed, CultureInfo.InvariantCulture), long.Parse(count, CultureInfo.InvariantCulture), Fixtures()),
    ["mutate", var seed, var count, var folder] => Mutate(int.Parse(seed, CultureInfo.InvariantCulture), long.Parse(count, CultureInfo.InvariantCulture), folder),
    ["greedy", var folder, var megabytes] => Greedy(folder, long.Parse(megabytes, CultureInfo.InvariantCulture) << 20),
    ["views"] => Views.Serve(Console.In, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("corpus FOLDER               reads every file below a folder and reports what each cost");
    Console.Error.WriteLine("greedy FOLDER MEGABYTES     writes files that are made to cost memory, for corpus");
    Console.Error.WriteLine("mutate SEED COUNT [FOLDER]  reads COUNT broken variants of the fixtures, or of the files below a folder");
    Console.Error.WriteLine("views                       tells differential.py what ModelGate sees in the files of each folder that it is told");
    return 2;
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
            var verdict = execution.Refusal is { } refusal ? $"refused: {refusal.Reason}" : "read";
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
        try
        {
            using var source = new MemoryByteSource(bytes);
            var execution = Execution.Of(source, ReadLimits.Default);

            // A starved process is slow by chance, a greedy file every time.
            for (var again = 0; again < 3 && execution.Elapsed > Execution.LongestTime; again++)
            {
                execution = Execution.Of(source, ReadLimits.Default);
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

static string Fixtures()
{
    for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
    {
        if (File.Exists(Path.Combine(at.FullName, "ModelGate.sln")))
        {
            return Path.Combine(at.FullName, "tests", "ModelGate.Core.Tests", "Fixtures");
        }
    }

    throw new DirectoryNotFoundException("the fixtures lie in the repository, and this program does not");
}
