using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>How far training had come when a checkpoint was written: what its name says, and what its content says.</summary>
/// <param name="File">The checkpoint.</param>
/// <param name="NameStep">The step in the file's name, or null: RVC's names are the only place of the step.</param>
/// <param name="ContentStep">The step that the file states (<c>global_step</c>, <c>step</c>, <c>steps</c>), or null.</param>
/// <param name="OptimizerStep">The highest step counter of the optimizer's state (Adam's <c>step</c>), or null.</param>
/// <param name="Epoch">The epoch that the file states; RVC, VITS and so-vits-svc call it <c>iteration</c>.</param>
internal sealed partial record TrainingProgress(
    FileStamp File, long? NameStep, long? ContentStep, long? OptimizerStep, long? Epoch)
{
    /// <summary>RVC's "save only the latest" writes this number in place of a step.</summary>
    private const long LatestOnly = 2_333_333;

    private static readonly string[] StepKeys = ["global_step", "step", "steps"];

    private static readonly string[] EpochKeys = ["epoch", "iteration", "epochs"];

    /// <summary>The step as a number: the name's, else the content's, else the optimizer's.</summary>
    public long? Step => NameStep ?? ContentStep ?? OptimizerStep;

    /// <summary>Measures a checkpoint.</summary>
    public static TrainingProgress Of(FileStamp file, Checkpoint content)
        => new(file, StepOfName(file.FileName), First(content, StepKeys), StepOfOptimizer(content), First(content, EpochKeys));

    /// <summary>The step in a checkpoint's name, or null where there is none or it stands for "latest only".</summary>
    public static long? StepOfName(string fileName)
    {
        // A browser's or a file manager's second copy: "G_2376 (1).pth".
        var name = CopySuffix().Replace(fileName, "");
        var match = LabelledStep().Match(name);
        if (!match.Success)
        {
            match = LastNumber().Match(name);
        }

        return match.Success && long.TryParse(match.Groups["step"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && step != LatestOnly
            ? step
            : null;
    }

    private static long? First(Checkpoint checkpoint, string[] keys)
    {
        foreach (var key in keys)
        {
            if (checkpoint.Find(key) is MetadataValue.Integer { Value: >= 0 } value)
            {
                return value.Value;
            }
        }

        return null;
    }

    private static long? StepOfOptimizer(Checkpoint checkpoint)
    {
        long? highest = null;
        foreach (var tensor in checkpoint.Tensors)
        {
            if (tensor.Elements == 1 && IsOptimizerStep(tensor.Name) && ReadCount(tensor) is { } step)
            {
                highest = Math.Max(highest ?? 0, step);
            }
        }

        foreach (var (key, value) in checkpoint.Metadata)
        {
            if (value is MetadataValue.Integer { Value: >= 0 } step && IsOptimizerStep(key))
            {
                highest = Math.Max(highest ?? 0, step.Value);
            }
        }

        return highest;
    }

    // PyTorch's optimizers keep it at optimizer.state.<parameter>.step, Lightning at optimizer_states.0.state.<parameter>.step.
    private static bool IsOptimizerStep(string path)
        => path.StartsWith("optim", StringComparison.Ordinal)
            && path.EndsWith(".step", StringComparison.Ordinal)
            && path.Contains(".state.", StringComparison.Ordinal);

    private static long? ReadCount(TensorEntry tensor)
    {
        Span<byte> bytes = stackalloc byte[tensor.DType.ItemSize()];
        tensor.Data?.CopyElements(0, bytes);
        var value = (tensor.Data, tensor.DType) switch
        {
            (null, _) => double.NaN,
            (_, DType.Float32) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (_, DType.Float64) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            (_, DType.Int64) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (_, DType.Int32) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => double.NaN,
        };
        return value is >= 0 and < 1e15 ? (long)value : null;
    }

    [GeneratedRegex(@"( \(\d{1,4}\)| - Copy)(?=\.[^.]*$|$)", RegexOptions.None, 1000)]
    private static partial Regex CopySuffix();

    // epoch=3-step=400.ckpt, lexi_e22_s396.pth, lexi_22e_396s.pth, checkpoint-400steps.pkl
    [GeneratedRegex(@"step=(?<step>\d{1,18})|_s(?<step>\d{1,18})(\.|$)|[_-](?<step>\d{1,18})(s|steps)(\.|$)", RegexOptions.None, 1000)]
    private static partial Regex LabelledStep();

    // The last number that begins a part of the name: G_396.pth, voice2_G_396.pth, g_00000100, checkpoint_80.pth.
    [GeneratedRegex(@"^(.*[_.-])?(?<step>\d{1,18})(\.[A-Za-z][A-Za-z0-9]*)*$", RegexOptions.None, 1000)]
    private static partial Regex LastNumber();
}
