using System.Security.Cryptography;
using System.Text.Json;

namespace ModelGate.Tool.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    // Members and their meaning by spec/v1/statement.md and spec/predicates/test-result.md of in-toto/attestation.
    [Theory]
    [InlineData("lexi-fixed", 0, "PASSED")]
    [InlineData("lexi", 1, "FAILED")]
    public void A_statement_has_the_form_that_in_toto_specifies(string sample, int exitCode, string result)
    {
        Tool.Run("check", Sample(sample), "--attest", At("s.json")).ExitCode.Should().Be(exitCode);

        using var document = JsonDocument.Parse(File.ReadAllBytes(At("s.json")));
        var root = document.RootElement;
        root.GetProperty("_type").GetString().Should().Be("https://in-toto.io/Statement/v1");
        root.GetProperty("predicateType").GetString().Should().Be("https://in-toto.io/attestation/test-result/v0.1");
        root.GetProperty("predicate").GetProperty("result").GetString().Should().Be(result);
        root.GetProperty("predicate").GetProperty("failedTests").GetArrayLength().Should().Be(exitCode == 0 ? 0 : 3);
        var first = root.GetProperty("subject")[0];
        first.GetProperty("name").GetString().Should().Be("lexi.pth", "what leaves the build is named first");
        first.GetProperty("digest").GetProperty("sha256").GetString().Should().Be(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Sample(sample), "lexi.pth")))));
        var configuration = root.GetProperty("predicate").GetProperty("configuration")[0];
        configuration.GetProperty("name").GetString().Should().Be("gate.config.json");
        configuration.GetProperty("digest").GetProperty("sha256").GetString().Should().Be(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Sample(sample), "gate.config.json")))));
    }

    [Fact]
    public void Files_that_were_judged_and_passed_are_verified_as_a_folder_and_one_by_one()
    {
        var run = CopyOf("lexi-fixed");
        Tool.Run("check", run, "--attest", At("s.json"));

        Tool.Run("verify", At("s.json"), run).Should().Match<Result>(r => r.ExitCode == 0 && r.Output.Contains("and 1 configuration file are those of the statement", StringComparison.Ordinal));
        Tool.Run("verify", At("s.json"), Path.Combine(run, "lexi.pth")).ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("lexi.pth")]
    [InlineData("gate.config.json")]
    public void Another_file_is_found(string name)
    {
        var run = CopyOf("lexi-fixed");
        Tool.Run("check", run, "--attest", At("s.json"));
        File.AppendAllText(Path.Combine(run, name), " ");

        Tool.Run("verify", At("s.json"), run).Should().Match<Result>(r => r.ExitCode == 1 && r.Error.Contains($"{name} is not the file that was judged", StringComparison.Ordinal));
        Tool.Run("verify", At("s.json"), Path.Combine(run, name)).ExitCode.Should().Be(1);
        File.Delete(Path.Combine(run, name));
        Tool.Run("verify", At("s.json"), run).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains($"{name} is not in ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--gate", "archive-must-be-whole", "--attest", "s.json", "--attest states a whole verdict")]
    [InlineData("--quiet", "--attest", "", "--attest is empty")]
    [InlineData("--quiet", "--badge", "", "--badge is empty")]
    [InlineData("--quiet", "--history", "", "--history is empty")]
    public void What_states_nothing_is_a_wrong_usage(params string[] arguments)
    {
        var result = Tool.Run(["check", Sample("lexi"), .. arguments[..^1].Select(a => a == "s.json" ? At(a) : a)]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(arguments[^1]);
    }

    [Fact]
    public void A_verdict_that_did_not_pass_is_no_proof()
    {
        Tool.Run("check", Sample("lexi"), "--attest", At("s.json"));

        Tool.Run("verify", At("s.json"), Sample("lexi")).Should().Match<Result>(r => r.ExitCode == 1 && r.Error.Contains("did not pass: MG2001 final-checkpoint-must-be-exported lexi.pth", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "is not an in-toto statement")]
    [InlineData("""{ "_type": "https://in-toto.io/Statement/v0.1", "subject": [], "predicateType": "x", "predicate": { "result": "PASSED", "configuration": [] } }""", "it is of the type https://in-toto.io/Statement/v0.1")]
    [InlineData("""{ "_type": "https://in-toto.io/Statement/v1", "subject": [], "predicateType": "https://slsa.dev/provenance/v1", "predicate": { "result": "PASSED", "configuration": [] } }""", "it states https://slsa.dev/provenance/v1")]
    [InlineData("""{ "_type": "https://in-toto.io/Statement/v1", "subject": [{ "name": "a", "digest": { "sha1": "00" } }], "predicateType": "https://in-toto.io/attestation/test-result/v0.1", "predicate": { "result": "PASSED", "configuration": [] } }""", "has no SHA-256")]
    [InlineData("""{ "_type": "https://in-toto.io/Statement/v1", "subject": [null], "predicateType": "https://in-toto.io/attestation/test-result/v0.1", "predicate": { "result": "PASSED", "configuration": [] } }""", "has no SHA-256")]
    [InlineData("""{ "_type": "https://in-toto.io/Statement/v1", "subject": [], "predicateType": "https://in-toto.io/attestation/test-result/v0.1", "predicate": { "result": "PASSED", "configuration": [] } }""", "is about no file")]
    public void What_is_no_statement_of_a_verdict_is_said(string text, string said)
    {
        File.WriteAllText(At("s.json"), text);

        Tool.Run("verify", At("s.json"), folder).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains(said, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Sample(string name) => Repository.PathOf("samples", name);

    private string At(string name) => Path.Combine(folder, name);

    // The run by itself: the sample's configuration takes its checkpoints from beside it.
    private string CopyOf(string sample)
    {
        var run = At("run");
        Directory.CreateDirectory(run);
        foreach (var name in new[] { "lexi.pth", "train.log" })
        {
            File.Copy(Path.Combine(Sample(sample), name), Path.Combine(run, name));
        }

        File.WriteAllText(Path.Combine(run, "gate.config.json"), """{ "artifacts": { "model": "lexi.pth", "log": "train.log" }, "gates": { "weights-must-be-finite": {}, "loss-must-converge": {} } }""");
        return run;
    }
}
