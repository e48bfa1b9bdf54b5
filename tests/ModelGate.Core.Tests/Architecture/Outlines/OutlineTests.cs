using ModelGate.Architecture.Outlines;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Architecture.Outlines;

/// <summary>What the shapes of layers are is PyTorch's documentation of each.</summary>
public class OutlineTests
{
    [Theory]
    [InlineData("conv.weight 6,2,3; conv.bias 6", "self.conv = nn.Conv1d(2, 6, kernel_size=3)  # groups, stride, padding, dilation?")]
    [InlineData("pre.weight 8,80,7; pre.bias 8; conv.weight 8,2,3; conv.bias 8", "self.conv = nn.Conv1d(8, 8, kernel_size=3, groups=4)  # groups, stride, padding, dilation?")]
    [InlineData("ups.0.weight 8,4,16; ups.0.bias 4", "nn.ConvTranspose1d(8, 4, kernel_size=16)")]
    [InlineData("deconv.weight 4,4,4; deconv.bias 4", "self.deconv = nn.ConvTranspose1d(4, 4, kernel_size=4)  # or Conv?")]
    [InlineData("up.weight 8,3,4; up.bias 12", "nn.ConvTranspose1d(8, 12, kernel_size=4, groups=4)")]
    [InlineData("conv.weight 4,4,1; conv.bias 4", "self.conv = nn.Conv1d(4, 4, kernel_size=1)\n")]
    [InlineData("conv.weight_g 4,1,1; conv.weight_v 4,2,3; conv.bias 4", "self.conv = weight_norm(nn.Conv1d(2, 4, kernel_size=3))")]
    [InlineData("conv.weight_g 1,1,3; conv.weight_v 4,2,3; conv.bias 4", "self.conv = weight_norm(nn.Conv1d(2, 4, kernel_size=3), dim=2)")]
    [InlineData("conv.bias 4; conv.parametrizations.weight.original0 4,1,1; conv.parametrizations.weight.original1 4,2,3", "self.conv = parametrizations.weight_norm(nn.Conv1d(2, 4, kernel_size=3))")]
    [InlineData("head.weight 4,3", "self.head = nn.Linear(3, 4, bias=False)  # or Embedding?")]
    [InlineData("emb_g.weight 109,256", "self.emb_g = nn.Embedding(109, 256)  # or Linear without bias?")]
    [InlineData("bn.weight 4; bn.bias 4; bn.running_mean 4; bn.running_var 4; bn.num_batches_tracked ", "self.bn = nn.BatchNorm1d(4)")]
    [InlineData("rnn.weight_ih_l0 20,3; rnn.weight_hh_l0 20,5; rnn.bias_ih_l0 20; rnn.bias_hh_l0 20", "self.rnn = nn.LSTM(3, 5)")]
    [InlineData("rnn.weight_ih_l0 15,3; rnn.weight_hh_l0 15,5; rnn.bias_ih_l0 15; rnn.bias_hh_l0 15", "self.rnn = nn.GRU(3, 5)")]
    [InlineData("norm.gamma 4; norm.beta 4", "self.gamma = nn.Parameter(torch.empty(4))")]
    [InlineData("net.0.weight 4,3; net.0.bias 4; net.2.weight 5,4; net.2.bias 5", "self.net = nn.Sequential(\n            nn.Linear(3, 4),\n            nn.Identity(),  # no weights in the file\n            nn.Linear(4, 5),\n        )")]
    public void Reads_layers_from_shapes(string keys, string line) => Of(keys).Should().Contain(line);

    [Fact]
    public void Makes_one_class_of_equal_blocks_with_what_differs_as_arguments()
        => Of("resblocks.0.conv.weight 8,8,3; resblocks.0.conv.bias 8; resblocks.1.conv.weight 4,4,5; resblocks.1.conv.bias 4").Should()
            .Contain("class ResBlock(nn.Module):  # resblocks.{0,1}\n    def __init__(self, channels, kernel_size):")
            .And.Contain("self.conv = nn.Conv1d(channels, channels, kernel_size=kernel_size)")
            .And.Contain("self.resblocks = nn.ModuleList([ResBlock(8, 3), ResBlock(4, 5)])");

    [Theory]
    [InlineData("a\"); import os #.weight", "\"a\\x22)\\x3b import os \\x23\"")]
    [InlineData("x\n    y.weight", "\"x\\x0a    y\"")]
    [InlineData("\u001b[31m.weight", "\"\\x1b[31m\"")]
    [InlineData("a\u202eb.weight", "\"a\\u202eb\"")]
    [InlineData("a\\.weight", "\"a\\x5c\"")]
    [InlineData("##vso[task].weight", "\"\\x23\\x23vso[task]\"")]
    [InlineData("😀.weight", "\"\\U0001f600\"")]
    [InlineData("class.weight", "\"class\"")]
    [InlineData("ﬁ.weight", "\"\\ufb01\"")]
    [InlineData("__private.weight", "\"__private\"")]
    [InlineData("forward.weight", "self._modules[\"forward\"]")]
    [InlineData("__init__.weight", "self._modules[\"__init__\"]")]
    [InlineData(".weight", "self._modules[\"\"]")]
    public void Lets_no_name_become_code(string name, string literal)
    {
        var text = OutlineDocument.Of(new KeyManifest(new Dictionary<string, ExpectedKey> { [name] = new([3, 2], null), ["plain.weight"] = new([4, 3], null) }), "file.json");

        text.Should().Contain(literal);
        text.Where(c => c is not '\n' and (< ' ' or > '~')).Should().BeEmpty();
        text.Split('\n').Where(l => !l.StartsWith('#')).Should().NotContain(l => l.Contains("import os", StringComparison.Ordinal) && !l.Contains(literal, StringComparison.Ordinal));
    }

    [Fact]
    public void Makes_the_name_of_the_file_harmless()
        => OutlineDocument.Of(new KeyManifest(new Dictionary<string, ExpectedKey> { ["a.weight"] = new([3, 2], null) }), "x\nimport os\u001b.json")
            .Should().StartWith("# The network that the weights of x\\nimport os\\x1b.json are");

    [Fact]
    public void Folds_a_million_keys()
    {
        var keys = Enumerable.Range(0, 500_000).SelectMany(i => new[] { ($"layers.{i}.weight", new ExpectedKey([2, 3], null)), ($"layers.{i}.bias", new ExpectedKey([2], null)) });

        OutlineDocument.Of(new KeyManifest(keys.ToDictionary(k => k.Item1, k => k.Item2, StringComparer.Ordinal)), "many.json")
            .Should().Contain("self.layers = nn.ModuleList([nn.Linear(3, 2) for _ in range(500000)])").And.Match(t => t.Length < 1000);
    }

    [Fact]
    public void Refuses_what_repeats_nowhere()
    {
        var keys = Enumerable.Range(0, 300_000).ToDictionary(i => $"tensor_{i}", i => new ExpectedKey([i + 1], null), StringComparer.Ordinal);

        new Action(() => OutlineDocument.Of(new KeyManifest(keys), "many.json")).Should().Throw<OutlineException>().WithMessage("*too little in it repeats*");
    }

    [Fact]
    public void Leaves_out_names_that_are_nested_without_end()
        => OutlineDocument.Of(new KeyManifest(new Dictionary<string, ExpectedKey> { [string.Join('.', Enumerable.Repeat("a", 100_000))] = new([1], null), ["b.weight"] = new([2, 3], null) }), "deep.json")
            .Should().Contain("1 keys are left out").And.Contain("self.b = nn.Linear(3, 2");

    [Fact]
    public void Says_of_ONNX_why_there_is_none()
        => new Action(() => OutlineDocument.Of(new Checkpoint("onnx", [], "", [], []), "model.onnx")).Should().Throw<OutlineException>().WithMessage("*no PyTorch module has them*");

    [Fact]
    public void Takes_a_square_matrix_for_what_others_of_its_name_are()
        => Of("h.0.attn.c_proj.weight 4,4; h.0.attn.c_proj.bias 4; h.0.mlp.c_proj.weight 8,4; h.0.mlp.c_proj.bias 4").Should().NotContain("nn.Linear");

    [Fact]
    public void Keeps_a_name_that_is_a_tensor_and_a_module()
        => Of("a 3; a.weight 2,3; a.bias 2").Should().Contain("self.a = nn.Parameter(torch.empty(3))").And.Contain("self._modules[\"a\"] = nn.Linear(3, 2)");

    private static string Of(string keys)
        => OutlineDocument.Of(new KeyManifest(keys.Split("; ").Select(k => k.Split(' ')).ToDictionary(
            k => k[0], k => new ExpectedKey([.. k[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)], null), StringComparer.Ordinal)), "file.json");
}
