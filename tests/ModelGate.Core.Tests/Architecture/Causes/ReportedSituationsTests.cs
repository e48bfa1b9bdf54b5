using System.Reflection;
using ModelGate.Architecture.Causes;
using ModelGate.Architecture.Comparison;
using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Signals.Checkpoints;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Architecture.Causes;

/// <summary>Situations that people reported: truth.json beside each says what was wrong.</summary>
public class ReportedSituationsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "reports");

    [Theory]
    [InlineData("a18-thop-counters/profiled.json", "a18-thop-counters/plain.json", "buffer-extra", 40, 0, "profiler")]
    [InlineData("a18-thop-counters/plain.json", "a18-thop-counters/profiled.json", "buffer-absent", 40, 40, "harmless")]
    [InlineData("a22b-fsdp-flat-param/teacher_checkpoint.json", "a22b-fsdp-flat-param/vit.json", "flat-parameters", 13, 13, "full state dict")]
    [InlineData("a14-zero3-empty-lora/adapter_model.bin", "a14-zero3-empty-lora/peft_expected.json", "empty-tensors", 24, 24, "without gathering")]
    [InlineData("c10-kikiri-no-style-encoder/kokoro_base.json", "c10-kikiri-no-style-encoder/first_stage.json", "missing-module", 32, 32, "8 whole modules")]
    [InlineData("c34-melotts-durations/G_10000.json", "c34-melotts-durations/model.json", "duration-predictor", 11, 11, "another duration predictor")]
    public void Have_one_cause(string left, string right, string cause, int explains, int remaining, string words)
    {
        var diagnosis = Diagnose(left, right);

        var only = diagnosis.Causes.Should().ContainSingle().Which;
        (only.Name, only.Explains, diagnosis.Remaining).Should().Be((cause, explains, remaining));
        only.Message.Value.Should().Contain(words);
    }

    [Fact]
    public void Name_every_absent_module_first()
        => Diagnose("c10-kikiri-no-style-encoder/kokoro_base.json", "c10-kikiri-no-style-encoder/first_stage.json").Causes[0].Message.Value
            .Should().ContainAll("style_encoder", "predictor_encoder", "text_aligner", "pitch_extractor", "diffusion", "mpd", "msd", "wd").And.NotContain("random");

    [Fact]
    public void Tell_mel_bands_from_positions()
    {
        var causes = Diagnose("c33-mel-100-into-128/voicerestore.json", "c33-mel-100-into-128/model_44k_128band.json").Causes;

        causes.Select(c => (c.Name, c.Explains)).Should().Equal(("mel-bands", 4), ("position-table", 1));
        causes[0].Message.Value.Should().Contain("100 mel bands in the checkpoint, 128 in the model");
        causes[1].Message.Value.Should().Contain("2000 positions in the checkpoint, 1024 in the model");
    }

    // Names as RVC, VITS, Bert-VITS2, coqui, F5-TTS, CodeHiFiGAN, GPT-2, BERT, Llama, T5 and BigVGAN's users have them.
    [Theory]
    [InlineData("emb_g.weight", "speaker-table", "speakers")]
    [InlineData("speaker_embedding.weight", "speaker-table", "speakers")]
    [InlineData("enc_p.emb.weight", "symbol-table", "symbols")]
    [InlineData("text_encoder.emb.weight", "symbol-table", "symbols")]
    [InlineData("text_embedding.weight", "symbol-table", "symbols")]
    [InlineData("ema_model.transformer.text_embed.text_embed.weight", "symbol-table", "symbols")]
    [InlineData("enc_p.tone_emb.weight", "tone-table", "tones")]
    [InlineData("enc_p.language_emb.weight", "language-table", "languages")]
    [InlineData("emb_l.weight", "language-table", "languages")]
    [InlineData("model.embed_tokens.weight", "vocabulary-table", "tokens")]
    [InlineData("transformer.wte.weight", "vocabulary-table", "tokens")]
    [InlineData("bert.embeddings.word_embeddings.weight", "vocabulary-table", "tokens")]
    [InlineData("shared.weight", "vocabulary-table", "tokens")]
    [InlineData("lm_head.weight", "vocabulary-table", "tokens")]
    [InlineData("transformer.wpe.weight", "position-table", "positions")]
    [InlineData("bert.embeddings.position_embeddings.weight", "position-table", "positions")]
    [InlineData("dict.weight", "code-table", "codes")]
    [InlineData("enc_p.emb_pitch.weight", "embedding-table", "rows")]
    public void Say_what_the_rows_of_a_table_are(string name, string cause, string what)
    {
        var only = Diagnosis.Of(KeyComparison.Of(Keys((name, [2546, 512]), ("proj.weight", [8, 8])), Keys((name, [4267, 512]), ("proj.weight", [8, 8])))).Causes.Should().ContainSingle().Which;

        only.Name.Should().Be(cause);
        only.Message.Value.Should().StartWith($"{name} holds 2546 {what} in the checkpoint, 4267 in the model");
    }

    [Fact]
    public void Call_a_table_and_its_head_one_vocabulary()
        => Diagnosis.Of(KeyComparison.Of(
                Keys(("transformer.wte.weight", [50257, 8]), ("lm_head.weight", [50257, 8]), ("lm_head.bias", [50257])), Keys(("transformer.wte.weight", [50400, 8]), ("lm_head.weight", [50400, 8]), ("lm_head.bias", [50400]))))
            .Causes.Should().ContainSingle().Which.Should().Match<DiagnosedCause>(c => c.Name == "vocabulary-table" && c.Explains == 3);

    [Fact]
    public void Call_a_layer_with_a_bias_no_table()
        => Diagnosis.Of(KeyComparison.Of(Keys(("text_proj.weight", [8, 4]), ("text_proj.bias", [8])), Keys(("text_proj.weight", [6, 4]), ("text_proj.bias", [6]))))
            .Causes.Should().ContainSingle().Which.Name.Should().Be("wrong-variant");

    // What transformers lists in _tied_weights_keys of Llama, GPT-2, BERT, T5 and Whisper, fairseq's share_decoder_input_output_embed, and llama.cpp's output.
    [Theory]
    [InlineData("lm_head.weight", "model.embed_tokens.weight")]
    [InlineData("lm_head.weight", "transformer.wte.weight")]
    [InlineData("cls.predictions.decoder.weight", "bert.embeddings.word_embeddings.weight")]
    [InlineData("lm_head.decoder.weight", "roberta.embeddings.word_embeddings.weight")]
    [InlineData("encoder.embed_tokens.weight", "shared.weight")]
    [InlineData("decoder.embed_tokens.weight", "shared.weight")]
    [InlineData("lm_head.weight", "shared.weight")]
    [InlineData("proj_out.weight", "model.decoder.embed_tokens.weight")]
    [InlineData("decoder.output_projection.weight", "decoder.embed_tokens.weight")]
    [InlineData("output.weight", "token_embd.weight")]
    public void Take_a_tied_weight_from_the_name_that_the_file_has(string absent, string kept)
    {
        var (left, right) = (Keys((kept, [64, 8]), ("norm.weight", [8])), Keys((kept, [64, 8]), ("norm.weight", [8]), (absent, [64, 8])));

        var diagnosis = Diagnosis.Of(KeyComparison.Of(left, right, ties: TiedWeights.Unknown with { Stated = true }));

        diagnosis.Causes.Should().ContainSingle().Which.Should().Match<DiagnosedCause>(c => c.Name == "tied-weights" && c.Remaining == 0 && c.Message.Value.Contains("nothing is lost"));
        diagnosis.Mapped[absent].CopyOf.Should().Be(kept);
        Diagnosis.Of(KeyComparison.Of(right, left, ties: TiedWeights.Unknown with { Stated = true })).Should().Match<Diagnosis>(d => d.Remaining == 0 && d.Causes.Single().Name == "tied-weights");
    }

    [Fact]
    public void Do_not_call_a_head_tied_where_the_configuration_says_that_it_is_not()
        => Diagnosis.Of(KeyComparison.Of(
                Keys(("model.embed_tokens.weight", [64, 8])), Keys(("model.embed_tokens.weight", [64, 8]), ("lm_head.weight", [64, 8])), ties: TiedWeights.Unknown with { Stated = false }))
            .Causes.Should().ContainSingle().Which.Name.Should().Be("missing-module");

    [Fact]
    public void Do_not_call_tensors_of_other_shapes_tied()
        => Diagnosis.Of(KeyComparison.Of(
                Keys(("model.embed_tokens.weight", [64, 8])), Keys(("model.embed_tokens.weight", [64, 8]), ("lm_head.weight", [65, 8])), ties: TiedWeights.Unknown with { Stated = true }))
            .Remaining.Should().Be(1);

    [Fact]
    public void Start_an_absent_normalization_at_1_and_0_and_not_at_random()
        => Diagnosis.Of(KeyComparison.Of(Keys(("conv.weight", [8, 8])), Keys(("conv.weight", [8, 8]), ("norm1.weight", [8]), ("norm1.bias", [8]))))
            .Causes.Select(c => c.Message.Value).Should().Contain(m => m.Contains("1 and 0")).And.NotContain(m => m.Contains("random"));

    [Fact]
    public void Say_nothing_of_speakers_where_both_sides_have_the_same()
        => Diagnosis.Of(KeyComparison.Of(
                Keys(("emb_g.weight", [10, 8]), ("dec.cond.weight", [8, 8, 1]), ("dec.pre.weight", [8, 8, 7])), Keys(("emb_g.weight", [10, 8]), ("dec.pre.weight", [8, 8, 7]))))
            .Causes.Should().NotContain(c => c.Name.StartsWith("speaker", StringComparison.Ordinal));

    [Fact]
    public void Leave_no_name_empty()
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(Keys(("a.weight", [2]), ("", [3]), ("top", [4])), Keys(("a.weight", [2]), ("other", [5]), ("x..y", [6]))));

        diagnosis.Causes.Select(c => c.Message.Value).Should().AllSatisfy(m => m.Should().NotContain(": ,").And.NotContain(", ,").And.NotEndWith(": ").And.NotContain("  "));
        FoldedNames.Fold([""])[0].Pattern.Should().Be("\"\"");
    }

    [Fact]
    public void Have_causes_of_which_each_has_an_order_of_its_own()
    {
        var orders = typeof(KeyCause).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(KeyCause)) && !t.IsAbstract)
            .Select(t => (t.Name, Order: t.GetCustomAttribute<KeyCauseOrderAttribute>()?.Order)).ToArray();

        orders.Should().OnlyContain(o => o.Order > 0).And.OnlyHaveUniqueItems(o => o.Order);
        KnownCauses.All.Select(c => c.GetType().Name).Should().Equal(orders.OrderBy(o => o.Order).Select(o => o.Name));
    }

    [Fact]
    public void Tell_a_TorchScript_program_from_a_state_dict()
    {
        var program = Fixture.Checkpoint("torch1/gain.torchscript.pt");
        var keys = new KeyManifest(program.Weights.ToDictionary(w => w.Key, w => new ExpectedKey(w.Value.Shape, null)));

        ModelDifference.Of(program, keys, TestContext.Current.CancellationToken)!.Notes.Should().ContainSingle().Which.Value.Should().Contain("torch.jit.load(FILE).state_dict()");
    }

    // F5-TTS saves both, its EMA with two counters beside it.
    [Theory]
    [InlineData("model_state_dict", "ema_model_state_dict", "model_state_dict", true)]
    [InlineData("net", "ema", "net", true)]
    [InlineData("model_state_dict", "optimizer_state_dict", "model_state_dict", false)]
    public void Name_a_second_set_of_weights(string one, string other, string stateDict, bool isAverage)
    {
        TensorEntry[] tensors = [.. new[] { one, other }.SelectMany(s => Enumerable.Range(0, 4).Select(i => MadeTensor.Of($"{s}.layers.{i}.weight", DType.Float32, new byte[8])))];
        var checkpoint = MadeTensor.Checkpoint(tensors) with { StateDict = stateDict };

        AverageNotes.Of(checkpoint).IsEmpty.Should().Be(!isAverage);
        var keys = new KeyManifest(checkpoint.Weights.ToDictionary(w => w.Key, w => new ExpectedKey(w.Value.Shape, null)));
        ModelDifference.Of(checkpoint, keys, TestContext.Current.CancellationToken)!.Notes.Count(n => n.Value.Contains(other)).Should().Be(isAverage ? 1 : 0);
    }

    [Fact]
    public void Call_an_average_with_two_counters_no_second_set()
    {
        TensorEntry[] tensors = [.. Enumerable.Range(0, 8).Select(i => MadeTensor.Of($"ema_model.layers.{i}.weight", DType.Float32, new byte[8])), MadeTensor.Of("initted", DType.UInt8, [1]), MadeTensor.Of("step", DType.Int64, new byte[8])];

        AverageNotes.Of(MadeTensor.Checkpoint(tensors)).IsEmpty.Should().BeTrue();
    }

    private static Diagnosis Diagnose(string left, string right) => Diagnosis.Of(KeyComparison.Of(KeysOf(left), KeysOf(right)));

    private static IReadOnlyDictionary<string, ExpectedKey> KeysOf(string name) => ModelKeys.Of(Loaded.File<Artifact>(Path.Combine(Folder, name)).Content, withTypes: false)!;

    private static Dictionary<string, ExpectedKey> Keys(params (string Name, long[] Shape)[] keys) => keys.ToDictionary(k => k.Name, k => new ExpectedKey(k.Shape, null));
}
