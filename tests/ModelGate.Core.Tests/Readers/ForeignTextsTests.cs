using System.IO.Compression;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers;

/// <summary>What lies where a model should after a download that failed, as people reported it.</summary>
public class ForeignTextsTests
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a0b4b4b9b6b7d3a1b4d2b9f7d0f5d7a2c6b1e0a9f8e7d6c5b4a3928170615\nsize 542178141\n";

    public static TheoryData<string, string> Texts => new()
    {
        { Pointer, "Git LFS pointer*542178141*git lfs pull" },
        { Pointer.Replace("\n", "\r\n", StringComparison.Ordinal), "Git LFS pointer*542178141" },
        { "\uFEFF" + Pointer, "Git LFS pointer" },
        { "<!DOCTYPE html><html><head><title>Google Drive - Virus scan warning</title>", "web page*Google Drive - Virus scan warning" },
        { "\r\n<html lang=\"en\"><body>Sign in", "web page" },
        { "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", "web page" },
        { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "XML*AccessDenied" },
        { "{\"error\":\"Repository not found\"}", "JSON*Repository not found" },
        { "{\"message\": \"Not Found\", \"documentation_url\": \"x\"}", "JSON*Not Found" },
        { "{\"error\": {\"code\": 404, \"message\": \"File not found\"}}", "JSON*File not found" },
        { "{\"detail\":\"Authentication required\"}", "JSON*Authentication" },
        { "Entry not found", "answer of a server*Entry not found" },
        { "404: Not Found", "answer of a server" },
        { "Access to model x/y is restricted. You must be authenticated.", "answer of a server" },
        { "hello", "text of no known kind*hello*how it states steps and values" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_named_for_what_it_is(string text, string says)
    {
        var fault = Refusal(Encoding.UTF8.GetBytes(text), ArtifactRole.Log);
        fault.Kind.Should().NotBe(FaultKind.Damaged);
        fault.Description.Value.Should().Match($"*{says}*");
        fault.Description.Value.Should().NotContain("key manifest").And.NotContain("tensor");
    }

    // The magic numbers of llama.cpp before GGUF, as they lie in a little-endian file (llama.cpp b1046, llama.cpp and examples/finetune).
    [Theory]
    [InlineData(0x67676d6cu, "ggml")]
    [InlineData(0x67676d66u, "ggmf")]
    [InlineData(0x67676a74u, "ggjt")]
    [InlineData(0x67676c61u, "LoRA adapter")]
    public void A_GGML_file_is_named(uint magic, string name)
    {
        var head = new byte[64];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(head, magic);
        head[4] = 3;

        Refusal(head).Description.Value.Should().Contain("GGML").And.Contain(name).And.Contain("convert it");
    }

    [Theory]
    [InlineData("PTMF", "PyTorch Mobile")]
    [InlineData("ET12", "ExecuTorch")]
    [InlineData("TFL3", "TensorFlow Lite")]
    public void A_flatbuffer_for_telephones_is_named(string identifier, string name)
        => Refusal([28, 0, 0, 0, .. Encoding.ASCII.GetBytes(identifier), .. new byte[64]]).Description.Value.Should().Contain(name);

    // torch.save of PyTorch 0.1 wrote these four members, in this order.
    [Fact]
    public void A_tar_of_PyTorch_0_1_is_named_and_any_other_tar_is_not()
    {
        Refusal(Tar("sys_info", "pickle", "tensors", "storages")).Description.Value.Should().Contain("PyTorch 0.1").And.Contain("save its weights again");
        Refusal(Tar("model.pth")).Description.Value.Should().Contain("tar files are not read: unpack it");
    }

    [Fact]
    public void A_model_of_Stable_Baselines3_is_named()
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in new[] { "data", "pytorch_variables.pth", "policy.pth", "policy.optimizer.pth", "_stable_baselines3_version", "system_info.txt" })
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write("x"u8);
            }
        }

        Refusal(buffer.ToArray()).Description.Value.Should().Contain("Stable-Baselines3").And.Contain("use policy.pth");
    }

    [Theory]
    [InlineData("__0_0.distcp")]
    [InlineData(".metadata")]
    public void A_part_of_a_distributed_checkpoint_is_named_by_its_name(string name)
    {
        var request = new ReadRequest(new MemoryByteSource(File.ReadAllBytes(Repository.PathOf("samples", "lexi", "lexi.pth"))), new ReadBudget(ReadLimits.Default)) { Name = name };

        FluentActions.Invoking(() => ArtifactReaders.Read(request)).Should().Throw<ArtifactFault>().Which.Description.Value.Should().Contain("distributed checkpoint").And.Contain("dcp_to_torch");
    }

    // It is a pickle that torch.load of the folder runs: what it would import comes before what it is.
    [Fact]
    public void A_part_of_a_distributed_checkpoint_that_asks_for_code_is_refused_for_that()
    {
        var request = new ReadRequest(new MemoryByteSource((byte[])[0x80, 2, .. "cos\nsystem\nX\u0001\0\0\0a"u8, 0x85, .. "R."u8]), new ReadBudget(ReadLimits.Default)) { Name = ".metadata" };

        var fault = FluentActions.Invoking(() => ArtifactReaders.Read(request)).Should().Throw<ArtifactFault>().Which;

        fault.Globals.Select(g => g.Name).Should().Equal("os.system");
    }

    [Theory]
    [InlineData("IxF2")]
    [InlineData("IwFl")]
    [InlineData("IxPq")]
    public void A_FAISS_index_is_named(string type)
        => Refusal([.. Encoding.ASCII.GetBytes(type), 0, 3, 0, 0, .. new byte[100]]).Description.Value.Should().Contain("FAISS index");

    [Fact]
    public void Zeros_are_an_unfinished_copy() => Refusal(new byte[5000]).Description.Value.Should().Contain("zero bytes");

    [Theory]
    [InlineData("MyVoice/MyVoice.pth")]
    [InlineData("MyVoice.safetensors")]
    public void A_zip_around_the_model_is_to_be_unpacked(string name)
    {
        var refusal = Refusal(Zip((name, [0x80, 2]), ("MyVoice/added.index", [1])));
        refusal.Description.Value.Should().Contain(name).And.Contain("unpack it");
    }

    [Theory]
    [InlineData("05", "v2Pro")]
    [InlineData("06", "v2ProPlus")]
    [InlineData("03", "v3, LoRA")]
    public void A_checkpoint_of_GPT_SoVITS_is_read_and_its_version_named(string head, string version)
    {
        var file = File.ReadAllBytes(Fixture.PathOf("torch1/state_dict_zip.pth"));
        var plain = (Checkpoint)Read(file);
        Encoding.ASCII.GetBytes(head).CopyTo(file, 0);

        var checkpoint = (Checkpoint)Read(file);

        checkpoint.Tensors.Select(t => t.Name).Should().Equal(plain.Tensors.Select(t => t.Name)).And.NotBeEmpty();
        checkpoint.Warnings.Should().ContainSingle(w => w.Value.Contains($"GPT-SoVITS {version}", StringComparison.Ordinal));
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static Artifact Read(byte[] file, ArtifactRole? role = null)
        => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(file), new ReadBudget(ReadLimits.Default)) { Role = role });

    private static ArtifactFault Refusal(byte[] file, ArtifactRole? role = null) => FluentActions.Invoking(() => Read(file, role)).Should().Throw<ArtifactFault>().Which;

    private static byte[] Tar(params string[] names)
    {
        using var buffer = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(buffer, System.Formats.Tar.TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var name in names)
            {
                writer.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) });
            }
        }

        return buffer.ToArray();
    }
}
