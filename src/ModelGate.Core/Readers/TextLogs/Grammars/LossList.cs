using ModelGate.Artifacts;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The losses that VITS and its forks log as a list without names.</summary>
/// <remarks>
/// Read in the train.py of jaywalnut310/vits, myshell-ai/MeloTTS and fishaudio/Bert-VITS2 (disc, gen, fm, mel, dur, kl), RVC-Boss/GPT-SoVITS s2_train.py
/// (kl_ssl in place of dur), svc-develop-team/so-vits-svc (disc, gen, fm, mel, kl) and MB-iSTFT-VITS2 (subband at the end).
/// </remarks>
internal static class LossList
{
    /// <summary>The fewest losses that say by their number which they are.</summary>
    public const int Fewest = 5;

    /// <summary>The most losses that a list has.</summary>
    public const int Most = 16;

    private static readonly string[] Five = ["loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_kl"];
    private static readonly string[] More = ["loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_dur", "loss_kl", "loss_subband"];
    private static readonly string[] GptSoVits = ["loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_kl_ssl", "loss_kl"];

    /// <summary>The names of so many losses.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="hyperparameters">The run's configuration, which tells GPT-SoVITS from the others.</param>
    public static string[] Names(int count, IReadOnlyDictionary<string, MetadataValue> hyperparameters)
    {
        string[] known = count == 1 ? ["loss"]
            : count == Five.Length ? Five
            : count == GptSoVits.Length && (hyperparameters.ContainsKey("data.exp_dir") || hyperparameters.ContainsKey("s2_ckpt_dir") || hyperparameters.ContainsKey("model.semantic_frame_rate")) ? GptSoVits
            : More;
        return [.. Enumerable.Range(0, count).Select(i => i < known.Length ? known[i] : $"loss_{i + 1}")];
    }

    /// <summary>Reads the numbers of a list, without its brackets.</summary>
    /// <returns>How many; -1 where one is no number, or there are too many.</returns>
    public static int Read(ReadOnlySpan<char> list, Span<double> values)
    {
        var count = 0;
        foreach (var range in list.Split(','))
        {
            if (count == values.Length || !LogText.TryNumber(list[range], out values[count]))
            {
                return -1;
            }

            count++;
        }

        return count;
    }

    /// <summary>Room for the longest list.</summary>
    public static double[] NewValues() => new double[Most];
}
