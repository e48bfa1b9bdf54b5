using ModelGate.Bytes;
using ModelGate.Evaluation.Measuring;
using ModelGate.Gates;
using ModelGate.Gates.Safety;
using ModelGate.Runs;
using ModelGate.Signals.Safety;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Gates.Safety;

public class ArchiveMustBeWholeTests
{
    [Fact]
    public void A_whole_archive_passes_with_its_checksums_verified()
    {
        var judgement = Judge(Fixture.Bytes("torch2/weights_path.pth"));

        judgement.Findings.Should().BeEmpty();
        judgement.Measurements.Single().Text.Value.Should().Be("verified");
    }

    [Theory]
    [InlineData("torch2/weights_no_crc.pth", "none recorded")]
    [InlineData("torch2/weights_legacy.pth", "none in the format")]
    public void A_file_without_checksums_passes_and_says_so(string fixture, string word)
    {
        var judgement = Judge(Fixture.Bytes(fixture));

        judgement.Findings.Should().BeEmpty();
        judgement.Measurements.Single().Text.Value.Should().Be(word);
    }

    [Fact]
    public void A_file_that_another_loader_reads_otherwise_is_not_to_be_downloaded_again()
    {
        // A tar header in front, with its checksum, as a v7 tar has it.
        var file = Fixture.Bytes("torch2/weights_legacy.pth");
        var polyglot = Judge([.. TarHeaderOf("pickle"), .. file]);
        var twins = Judge(new LyingZip().Add("archive/data.pkl", [1]).Add("archive/data.pkl", [2]).ToArray());

        foreach (var finding in twins.Findings.Concat(polyglot.Findings))
        {
            finding.Remedy.Value.Should().StartWith("Do not load it").And.NotContain("again");
        }

        twins.Findings.Should().ContainSingle();
    }

    [Fact]
    public void A_file_that_is_cut_short_is_to_be_copied_again()
        => Judge(Fixture.Bytes("torch2/weights_path.pth")[..^100]).Findings.Should().ContainSingle().Which.Remedy.IsEmpty.Should().BeTrue("the gate's page says it");

    // The names are those of transformers' save_pretrained: a part's number and the count, five digits each.
    [Fact]
    public void A_missing_part_of_a_model_fails_with_its_name()
    {
        var judged = Parts(1, 2, 4);

        judged.SelectMany(j => j.Judgement.Findings).Should().ContainSingle().Which.Message.Value.Should().StartWith("m/model-00003-of-00004.safetensors is missing");
    }

    [Fact]
    public void All_parts_of_a_model_pass() => Parts(1, 2, 3, 4).Should().HaveCount(4).And.AllSatisfy(j => j.Judgement.Findings.Should().BeEmpty());

    private static IReadOnlyList<(Judgement Judgement, string Path, IReadOnlyList<Exhibit> Exhibits)> Parts(params int[] numbers)
        => numbers.Aggregate(new GateRun(), (run, n) => run.With(ArtifactRole.Model, $"m/model-{n:D5}-of-00004.safetensors", Fixture.Bytes("safetensors/dtypes.safetensors")))
            .Judge(new ArchiveMustBeWhole(), new ArchiveMustBeWhole.Options());

    [Fact]
    public void A_changed_weight_fails_with_both_checksums_and_the_place()
    {
        var bytes = LyingZip.Checkpoint(Pickle, new byte[16], lieOfStorage: e => e.Crc = 0x12345678).ToArray();

        var judgement = Judge(bytes);

        judgement.Findings.Single().Message.Value.Should().MatchRegex(@"the checksum of entry archive/data/0 is 0x[0-9a-f]{8}, and the archive says 0x12345678 \(offset \d+\)");
        judgement.Findings.Single().Evidence.Single().Text.Value.Should().Be("crc");
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_fails_or_is_not_known_at_all()
    {
        var whole = Fixture.Bytes("torch2/weights_path.pth");
        for (var length = 8; length < whole.Length; length += 13)
        {
            Judge(whole[..length]).Findings.Should().ContainSingle($"only {length} bytes are left");
        }
    }

    [Theory]
    [InlineData("archive/notes.txt", "hello", null)]
    [InlineData("archive/data/7", "hello", "")]
    [InlineData("archive/notes.txt", "PK\u0003\u0004", "an archive")]
    [InlineData("archive/notes.txt", "\u007fELF", "code")]
    [InlineData("archive/notes.txt", "#!/bin/sh", "code")]
    [InlineData("archive/notes.txt", "cos\ngetcwd\n.", "a pickle")]
    [InlineData("archive/notes.txt", "\u0080\u0002N.", "a pickle")]
    [InlineData("archive/data/7", "\u0080\u0002N.", "a pickle")]
    [InlineData("archive/run.py", "print()", "code")]
    [InlineData("archive/lib.SO", "x", "code")]
    [InlineData("archive/model.zip", "x", "an archive")]
    public void A_record_that_no_checkpoint_has_fails_and_data_may_be_allowed_by_name(string name, string content, string? what)
    {
        var bytes = LyingZip.Checkpoint(PickleWriter.Protocol(2).Tensor("0", 4, 0, [4], [1]).Stop()).Add(name, System.Text.Encoding.Latin1.GetBytes(content)).ToArray();

        var judgement = Judge(bytes);
        var allowed = Judge(bytes, new ArchiveMustBeWhole.Options { AllowRecords = [name[8..]] });

        if (what == "")
        {
            // A storage that nothing refers to is a remainder.
            judgement.Findings.Should().BeEmpty();
            return;
        }

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain(name).And.Contain(what ?? "no file of this kind");
        (allowed.Findings.Count == 0).Should().Be(what is null);
    }

    [Fact]
    public void A_pickle_that_was_changed_inside_an_archive_is_damaged_whatever_the_change_makes_of_it()
    {
        var sound = PickleWriter.Protocol(2).Ascii("]").Tensor("0", 4, 0, [4], [1]).Ascii("a").Stop();
        for (var i = 0; i < sound.Length; i++)
        {
            foreach (var bit in new[] { 1, 8, 128 })
            {
                var changed = (byte[])sound.Clone();
                changed[i] ^= (byte)bit;
                var bytes = LyingZip.Checkpoint(changed, lieOfPickle: e => e.Crc = System.IO.Hashing.Crc32.HashToUInt32(sound)).ToArray();

                Judge(bytes).Findings.Should().NotBeEmpty($"bit {bit} of byte {i} was changed");
            }
        }
    }

    [Fact]
    public void A_text_that_no_unpickler_decodes_is_damage()
        => Judge([.. Fixture.Bytes("torch2/weights_legacy.pth").AsSpan().ToArray().Select((b, i) => i == 0x24 ? (byte)0xAD : b)]).Findings.Should().NotBeEmpty();

    public static TheoryData<string, byte[]> Damages => new()
    {
        { "trailing-bytes", LyingZip.Checkpoint([.. Pickle, 0, 0]).ToArray() },
        { "duplicate-entry", LyingZip.Checkpoint(Pickle).Add("archive/DATA.PKL", Pickle).ToArray() },
        { "overlapping-entries", LyingZip.Checkpoint(Pickle, lieOfPickle: e => (e.Size, e.CompressedSize) = ((uint)Pickle.Length + 40, (uint)Pickle.Length + 40)).ToArray() },
        { "hidden-bytes", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Behind = new byte[100]).ToArray() },
        { "header-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.LocalName = "archive/data.pkx").ToArray() },
        { "storage-size", LyingZip.Checkpoint(Pickle, new byte[12]).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Each_kind_of_damage_fails_with_its_reason(string reason, byte[] bytes)
        => Judge(bytes).Findings.Single().Evidence.Single().Text.Value.Should().Be(reason);

    [Fact]
    public void A_file_that_is_refused_for_what_it_would_run_is_inconclusive_and_fails_where_it_is_damaged_as_well()
    {
        Judge(PickleWriter.Protocol(2).Global("os", "system").Stop()).IsInconclusive.Should().BeTrue();
        Judge(PickleWriter.Protocol(2).Global("os", "system").ToArray()).Findings.Single().Evidence.Single().Text.Value.Should().Be("truncated");
    }

    [Theory]
    [InlineData(new byte[] { 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C })]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void A_file_of_no_known_format_is_inconclusive(byte[] bytes) => Judge(bytes).IsInconclusive.Should().BeTrue();

    [Fact]
    public void A_cancellation_stops_the_verification()
    {
        var file = new RoleFile(ArtifactRole.Model, "m.pth");
        var measuring = () => new FileMeasuring(new OneFile(Fixture.Bytes("torch2/weights_path.pth")), ReadLimits.Default, null, parallel: false)
            .Run(file, [new IntegrityMeasure()], new CancellationToken(canceled: true));

        measuring.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void A_manifest_of_keys_is_nobodys_weights_and_not_judged()
        => new GateRun().With(ArtifactRole.Architecture, "keys.json", "{ \"a\": [1] }"u8.ToArray()).Judge(new ArchiveMustBeWhole(), new ArchiveMustBeWhole.Options()).Should().BeEmpty();

    private static byte[] Pickle => PickleWriter.Protocol(2).Tensor("0", 4, 0, [4], [1]).Stop();

    private static Judgement Judge(byte[] bytes, ArchiveMustBeWhole.Options? options = null)
        => new GateRun().With(ArtifactRole.Model, "m.pth", bytes).Judge(new ArchiveMustBeWhole(), options ?? new ArchiveMustBeWhole.Options()).Should().ContainSingle().Which.Judgement;

    private sealed class OneFile(byte[] bytes) : IArtifactFiles
    {
        public OpenedArtifact Open(RoleFile file) => new(new MemoryByteSource(bytes), null, default);
    }

    private static byte[] TarHeaderOf(string name)
    {
        var header = new byte[512];
        System.Text.Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        System.Text.Encoding.ASCII.GetBytes("0000644\0" + "0000000\0" + "0000000\0" + "00000000001\0" + "00000000000\0" + "        ").CopyTo(header, 100);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }
}
