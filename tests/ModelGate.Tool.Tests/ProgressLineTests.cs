using ModelGate.Bytes;

namespace ModelGate.Tool.Tests;

public class ProgressLineTests
{
    [Theory]
    [InlineData(0, "[                        ]   0%")]
    [InlineData(50, "[============            ]  50%")]
    [InlineData(100, "[========================] 100%")]
    [InlineData(120, "[========================] 100%")]
    public void Shows_the_share_and_the_file_and_wipes_what_stood_there(long position, string expected)
        => ProgressLine.Draw(new ReadProgress(SafeText.From("G_2376.pth\u001b[2J"), position, 100)).Should().Be($"\r{expected} G_2376.pth\\x1b[2J\u001b[K");

    [Fact]
    public void Follows_the_reads_of_a_source()
    {
        var seen = new List<ReadProgress>();
        using var source = new WatchedByteSource(new MemoryByteSource(new byte[10]), "a", new Recorder(seen));

        source.Read(4, new byte[4]);

        seen.Should().Equal(new ReadProgress(SafeText.From("a"), 8, 10));
    }

    private sealed class Recorder(List<ReadProgress> seen) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => seen.Add(value);
    }
}
