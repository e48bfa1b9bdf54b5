using System.Buffers.Binary;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Readers;

/// <summary>Ctrl-C is answered within a second: within a few blocks, whatever the file's length.</summary>
public class ReadingCancelledTests
{
    private const long Long = 40L << 30;

    // A block is at most some hundred kilobytes: these are read in far less than a second.
    private const int MostReadsAfterwards = 64;

    [Fact]
    public void In_the_middle_of_a_pickle_stops()
    {
        var source = new EndlessSource([0x80, 2, (byte)']'], "Na0"u8.ToArray()[..2], Long);

        Stops(source, cancellation => ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default with { PickleValues = int.MaxValue, PickleStack = int.MaxValue }, cancellation))));
    }

    [Fact]
    public void In_the_middle_of_a_log_stops()
    {
        var source = new EndlessSource("2024-01-01 00:00:00,000\tx\tINFO\tTrain Epoch: 1 [0%]\n"u8.ToArray(), "2024-01-01 00:00:00,000\tx\tINFO\t====\n"u8.ToArray(), Long);

        Stops(source, cancellation => ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default, cancellation))));
    }

    [Fact]
    public void In_the_middle_of_a_recording_stops()
    {
        var source = new EndlessSource(WaveHeader(0xFFFF_FF00), [1, 2], 0xFFFF_FF00 + 44L);
        var clip = (AudioClip)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));

        Stops(source, cancellation => AudioPass.Run(clip, [new FlatnessMeasure().Begin(clip)], cancellation));
    }

    [Fact]
    public void In_the_middle_of_a_tensor_stops_its_statistics_and_its_comparison()
    {
        var source = new EndlessSource([], [1], Long);
        var tensor = new TensorEntry("weight", DType.Float32, [Long / 4], Long / 4, new Elements(source));
        var checkpoint = new Checkpoint("made", [tensor], "", [], []);

        Stops(source, cancellation => TensorStatistics.Measure(tensor, cancellation));
        Stops(source, cancellation => ExportMatch.Test(checkpoint, checkpoint, cancellation));
        Stops(source, cancellation => ExportMatch.Rank(checkpoint, checkpoint, cancellation));
    }

    [Fact]
    public void In_the_middle_of_a_checksum_stops()
    {
        const int Storage = 64 << 20;
        var zip = LyingZip.Checkpoint(PickleWriter.Protocol(2).Tensor("0", Storage / 4, 0, [Storage / 4], [1]).Stop(), new byte[Storage]).ToArray();
        var source = new EndlessSource(zip, [0], zip.Length);
        var checkpoint = (Checkpoint)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));

        Stops(source, cancellation => checkpoint.Checksums!.Verify(withStored: true, cancellation));
    }

    private static void Stops(EndlessSource source, Action<CancellationToken> read)
    {
        using var cancellation = new CancellationTokenSource();
        source.CancelAfter(20, cancellation);

        read.Invoking(r => r(cancellation.Token)).Should().Throw<OperationCanceledException>();
        source.ReadsAfterwards.Should().BeLessThan(MostReadsAfterwards);
    }

    private static byte[] WaveHeader(uint data)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), data + 36);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        header[16] = 16;
        header[20] = 1;
        header[22] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), 48_000);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), 96_000);
        header[32] = 2;
        header[34] = 16;
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), data);
        return header;
    }

    private sealed class Elements(EndlessSource source) : ITensorData
    {
        public void CopyElements(long first, Span<byte> destination) => source.Read(first * 4, destination);
    }

    /// <summary>A beginning, then the same bytes again and again: as long as no disk is, and cancelled at a place that is always the same.</summary>
    private sealed class EndlessSource(byte[] begin, byte[] again, long length) : IByteSource
    {
        private CancellationTokenSource? cancellation;
        private int left = int.MaxValue;

        public long Length => length;

        public int ReadsAfterwards { get; private set; }

        public void CancelAfter(int reads, CancellationTokenSource source) => (left, cancellation, ReadsAfterwards) = (reads, source, 0);

        public int Read(long offset, Span<byte> destination)
        {
            if (--left == 0)
            {
                cancellation?.Cancel();
            }

            ReadsAfterwards += left < 0 ? 1 : 0;
            var count = (int)Math.Min(destination.Length, Math.Max(0, length - offset));
            for (var i = 0; i < count; i++)
            {
                var at = offset + i;
                destination[i] = at < begin.Length ? begin[at] : again[(at - begin.Length) % again.Length];
            }

            return count;
        }

        public void Dispose()
        {
        }
    }
}
