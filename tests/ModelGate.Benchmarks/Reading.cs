using BenchmarkDotNet.Attributes;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Signals.Weights;

namespace ModelGate.Benchmarks;

/// <summary>What a checkpoint costs: its description alone, and every weight of it.</summary>
[MemoryDiagnoser]
public class Reading
{
    private FileByteSource source = null!;

    [GlobalSetup]
    public void Open() => source = FileByteSource.Open(SampleFiles.Checkpoint);

    [GlobalCleanup]
    public void Close() => source.Dispose();

    [Benchmark(Description = "describe (inspect)")]
    public int Describe() => Read().Tensors.Count;

    [Benchmark(Description = "measure every weight (inspect --stats)")]
    public double Measure() => Read().Tensors.Sum(t => TensorStatistics.Measure(t)?.Mean ?? 0);

    [Benchmark(Baseline = true, Description = "read every byte once")]
    public long ReadBytes()
    {
        var buffer = new byte[1 << 20];
        var sum = 0L;
        for (var offset = 0L; offset < source.Length;)
        {
            var count = source.Read(offset, buffer);
            sum += buffer[0];
            offset += count;
        }

        return sum;
    }

    private Checkpoint Read() => (Checkpoint)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));
}
