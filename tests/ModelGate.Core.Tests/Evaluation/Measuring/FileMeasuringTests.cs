using System.Security.Cryptography;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation.Measuring;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Safety;
using ModelGate.Signals.Weights;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Evaluation.Measuring;

public class FileMeasuringTests
{
    // Over the 4 MiB up to which a file is measured in memory, and over the 16 MiB from which two threads share the work.
    private const int Streamed = 1_300_000;
    private const int Shared = 4_400_000;

    private static readonly RoleFile File = new(ArtifactRole.Model, "m.pth");

    private static readonly Measure[] OfWeights = [new StatisticsMeasure(), new DigestMeasure(), new IntegrityMeasure(), new ImportsMeasure()];

    private static readonly Measure[] OfSound = [new FlatnessMeasure(), new SampleMeasure(), new SpectrogramMeasure(), new ClipFormMeasure()];

    [Theory]
    [InlineData(Streamed, false)]
    [InlineData(Streamed, true)]
    [InlineData(Shared, false)]
    [InlineData(Shared, true)]
    public void A_checkpoint_that_streams_by_measures_like_one_in_memory(int elements, bool parallel)
    {
        var bytes = LargeFiles.Checkpoint(elements);

        var measured = Measure(new CountedBytes(bytes), OfWeights, parallel);

        var whole = (Checkpoint)Fixture.Read(bytes);
        measured.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Of<WeightStatistics>(measured, new StatisticsMeasure()).Tensors.Should().Equal(
            ((WeightStatistics)WeightPass.Run(whole, [new StatisticsMeasure().Begin(whole)], TestContext.Current.CancellationToken)[0]).Tensors);
        Digests(Of<TensorDigests>(measured, new DigestMeasure())).Should().Equal(
            Digests((TensorDigests)WeightPass.Run(whole, [new DigestMeasure().Begin(whole)], TestContext.Current.CancellationToken)[0]));
        Of<FileIntegrity>(measured, new IntegrityMeasure()).Should().Be(new FileIntegrity(true, null, null, []));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_recording_that_streams_by_measures_like_one_in_memory(bool parallel)
    {
        var bytes = LargeFiles.Recording(Shared / 2);

        var measured = Measure(new CountedBytes(bytes), OfSound, parallel);

        var clip = WaveBytes.Read(bytes);
        measured.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var expected = AudioPass.Run(clip, [new FlatnessMeasure().Begin(clip), new SampleMeasure().Begin(clip)], TestContext.Current.CancellationToken);
        Of<Flatness>(measured, new FlatnessMeasure()).Should().BeEquivalentTo(expected[0], o => o.ComparingByMembers<Flatness>());
        Of<SampleLevels>(measured, new SampleMeasure()).Should().BeEquivalentTo(expected[1], o => o.ComparingByMembers<SampleLevels>());
        Of<SpectrogramPicture>(measured, new SpectrogramMeasure()).Picture!.Columns.Should().HaveCount(300);
        Of<ClipForm>(measured, new ClipFormMeasure()).Should().Be(new ClipForm(Shared / 2 / 48_000.0, 48_000, 2, Shared / 2));
    }

    [Theory]
    [InlineData(Streamed, false)]
    [InlineData(Shared, true)]
    public void Every_byte_of_a_checkpoint_is_read_once(int elements, bool parallel)
    {
        var source = new CountedBytes(LargeFiles.Checkpoint(elements));

        Measure(source, OfWeights, parallel);

        ((double)source.BytesRead / source.Length).Should().BeInRange(1, 1.05);
        source.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public void Every_byte_of_a_recording_is_read_once()
    {
        var source = new CountedBytes(LargeFiles.Recording(Streamed));

        Measure(source, OfSound, parallel: false);

        ((double)source.BytesRead / source.Length).Should().BeInRange(1, 1.05);
    }

    [Fact]
    public void A_file_that_is_only_hashed_is_read_once()
    {
        var source = new CountedBytes(LargeFiles.Checkpoint(Streamed));

        Measure(source, [], parallel: false).Sha256.Should().HaveLength(64);

        ((double)source.BytesRead / source.Length).Should().BeInRange(1, 1.05);
    }

    [Theory]
    [InlineData(Streamed, false)]
    [InlineData(Shared, true)]
    public void A_changed_byte_in_the_middle_is_found_by_its_checksum(int elements, bool parallel)
    {
        var bytes = LargeFiles.Checkpoint(elements);
        bytes[bytes.Length / 2] ^= 1;

        var measured = Measure(new CountedBytes(bytes), OfWeights, parallel);

        measured.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Of<FileIntegrity>(measured, new IntegrityMeasure()).ChecksumFault!.Reason.Should().Be(FaultReason.Crc);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0x12345678u)]
    public void A_deflated_record_is_measured_and_verified(uint? crc)
    {
        var bytes = LargeFiles.Checkpoint(Streamed, e => (e.Deflate, e.Crc) = (true, crc));
        var stored = (Checkpoint)Fixture.Read(LargeFiles.Checkpoint(Streamed));

        var measured = Measure(new CountedBytes(bytes), OfWeights, parallel: false);

        bytes.Length.Should().BeGreaterThan(4 << 20, "random numbers do not deflate");
        measured.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Of<FileIntegrity>(measured, new IntegrityMeasure()).ChecksumFault?.Reason.Should().Be(crc is null ? null : FaultReason.Crc);
        if (crc is null)
        {
            Of<WeightStatistics>(measured, new StatisticsMeasure()).Tensors.Should().BeEquivalentTo(
                ((WeightStatistics)WeightPass.Run(stored, [new StatisticsMeasure().Begin(stored)], TestContext.Current.CancellationToken)[0]).Tensors);
        }
    }

    [Theory]
    [InlineData(Streamed, false)]
    [InlineData(Shared, true)]
    public void A_file_that_becomes_shorter_while_it_is_read_is_unavailable(int elements, bool parallel)
    {
        // The directory at the end was read before: the file shrinks while its records are.
        var bytes = LargeFiles.Checkpoint(elements);
        var source = new ShrinkingBytes(bytes, bytes.Length / 2);

        var measured = Measure(source, OfWeights, parallel);

        measured.Unavailable.IsEmpty.Should().BeFalse();
        measured.Value(new StatisticsMeasure()).Should().BeNull();
    }

    [Fact]
    public void A_recording_that_is_cut_off_is_refused_and_hashed_all_the_same()
    {
        var bytes = LargeFiles.Recording(Streamed)[..^1_000_001];

        var measured = Measure(new CountedBytes(bytes), OfSound, parallel: false);

        measured.Fault!.Kind.Should().Be(FaultKind.Damaged);
        measured.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Theory]
    [InlineData(Streamed, false)]
    [InlineData(Shared, true)]
    public void A_cancellation_stops_within_the_pass(int elements, bool parallel)
    {
        using var cancelling = new CancellationTokenSource();
        var bytes = LargeFiles.Checkpoint(elements);
        var source = new CountedBytes(bytes) { OnRead = read => { if (read > bytes.Length / 4) { cancelling.Cancel(); } } };

        var measuring = () => Measure(source, OfWeights, parallel, cancelling.Token);

        measuring.Should().Throw<OperationCanceledException>();
        source.BytesRead.Should().BeLessThan(bytes.Length / 2);
        source.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public void A_file_over_the_limit_is_refused_unread()
    {
        var source = new CountedBytes(LargeFiles.Checkpoint(Streamed));
        var limits = ReadLimits.Default with { FileBytes = 1000 };

        var measured = new FileMeasuring(new OneFile(source), limits, null, parallel: false).Run(File, OfWeights, TestContext.Current.CancellationToken);

        measured.Fault!.Reason.Should().Be(FaultReason.Limit);
        source.BytesRead.Should().Be(0);
    }

    [Fact]
    public void A_fault_of_the_tool_is_no_fault_of_the_file()
    {
        var source = new CountedBytes(LargeFiles.Checkpoint(Streamed)) { OnRead = _ => throw new InvalidOperationException("a mistake of the tool") };

        var measuring = () => Measure(source, OfWeights, parallel: true);

        measuring.Should().Throw<InvalidOperationException>().WithMessage("a mistake of the tool");
    }

    private static MeasuredFile Measure(IByteSource source, Measure[] measures, bool parallel, CancellationToken? cancellation = null)
        => new FileMeasuring(new OneFile(source), ReadLimits.Default, null, parallel).Run(File, measures, cancellation ?? TestContext.Current.CancellationToken);

    private static TResult Of<TResult>(MeasuredFile file, Measure<TResult> measure)
        where TResult : class
        => file.Value(measure).Should().BeAssignableTo<TResult>().Subject;

    private static IEnumerable<(string, Digest?, Digest?)> Digests(TensorDigests digests)
        => digests.ByName.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => (d.Key, d.Value.Exact, d.Value.Half));

    private sealed class OneFile(IByteSource source) : IArtifactFiles
    {
        public OpenedArtifact Open(RoleFile file) => new(source, null, default);
    }

    private sealed class ShrinkingBytes(byte[] bytes, long keeps) : IByteSource
    {
        private bool isShort;

        public long Length => bytes.Length;

        public int Read(long offset, Span<byte> destination)
        {
            // Blocks of the pass are large; the directory and the pickle are read in small pieces.
            isShort |= offset == 0 && destination.Length >= 1 << 20;
            var end = isShort ? keeps : bytes.Length;
            var count = (int)Math.Clamp(end - offset, 0, destination.Length);
            bytes.AsSpan((int)Math.Min(offset, end), count).CopyTo(destination);
            return count;
        }

        public void Dispose()
        {
        }
    }
}
