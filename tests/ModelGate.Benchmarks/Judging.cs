using BenchmarkDotNet.Attributes;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Signals.Audio;

namespace ModelGate.Benchmarks;

/// <summary>What a verdict costs, whole and in its dearest part.</summary>
[MemoryDiagnoser]
public class Judging
{
    private FileByteSource audio = null!;
    private AudioClip clip = null!;

    [GlobalSetup]
    public void Open()
    {
        audio = FileByteSource.Open(SampleFiles.Sample("lexi", "audio", "lexi_converted.wav"));
        clip = (AudioClip)ArtifactReaders.Read(new ReadRequest(audio, new ReadBudget(ReadLimits.Default)));
    }

    [GlobalCleanup]
    public void Close() => audio.Dispose();

    [Benchmark(Description = "spectral flatness of 5.6 s at 48 kHz")]
    public object Flatness() => AudioPass.Run(clip, [new FlatnessMeasure().Begin(clip)], CancellationToken.None);

    [Benchmark(Description = "check samples/lexi")]
    public object Check()
        => Evaluator.Run(EvaluationPlan.FromFile(SampleFiles.Sample("lexi", "gate.config.json"), "gate.config.json")).Verdict;
}
