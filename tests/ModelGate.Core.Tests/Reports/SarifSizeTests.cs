using System.Diagnostics;
using System.IO.Compression;
using ModelGate.Reports;

namespace ModelGate.Tests.Reports;

public class SarifSizeTests
{
    private const int Many = 30_000;

    private static readonly byte[] Bytes = Rendered.Bytes(new SarifReport(), MadeReport.Many(Many));

    [Fact]
    public void Keeps_five_thousand_and_counts_the_rest()
    {
        var results = Rendered.Json("sarif", MadeReport.Many(Many)).GetProperty("runs")[0].GetProperty("results");

        results.GetArrayLength().Should().Be(5_000);
        results[4_999].GetProperty("message").GetProperty("text").GetString().Should().Be("And 25001 more findings that are not listed here.");
        results.EnumerateArray().Select(r => r.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Fits_what_GitHub_takes()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Bytes);
        }

        compressed.Length.Should().BeLessThan(10_000_000);
        Bytes.Length.Should().BeLessThan(20_000_000);
    }

    [Fact]
    public void Is_written_in_a_moment()
    {
        var report = MadeReport.Many(Many);
        var clock = Stopwatch.StartNew();
        new SarifReport().Write(report, Stream.Null);

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "it takes a fraction of a second, and a slow machine is no reason to fail");
    }

    [Fact]
    public void Is_valid() => SarifSchema.Errors(Rendered.Json("sarif", MadeReport.Many(Many))).Should().BeEmpty();
}
