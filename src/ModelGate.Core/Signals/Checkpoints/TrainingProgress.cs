using System.Buffers.Binary;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>How far training had come when a checkpoint was written: what its name says, and what its content says.</summary>
/// <param name="File">The checkpoint.</param>
/// <param name="Name">What its name says: RVC's names are the only place of the step.</param>
/// <param name="GlobalStep">The step that the file states as the trainer's own count (<c>global_step</c>, fairseq's <c>num_updates</c>), or null.</param>
/// <param name="ContentStep">The step that the file states under a word that may mean something else (<c>step</c>, <c>steps</c>, <c>update</c>), or null.</param>
/// <param name="OptimizerStep">The highest step counter of the optimizer's state (Adam's <c>step</c>), or null.</param>
/// <param name="Epoch">The epoch that the file states, else that of its name; RVC, VITS and so-vits-svc call it <c>iteration</c>.</param>
internal sealed record TrainingProgress(
    FileStamp File, CheckpointName Name, long? GlobalStep, long? ContentStep, long? OptimizerStep, long? Epoch)
{
    private static readonly string[] GlobalStepKeys = ["global_step", "num_updates", "trainer_state.global_step"];

    private static readonly string[] StepKeys = ["step", "steps", "update", "updates", "iter", "total_steps"];

    private static readonly string[] EpochKeys = ["epoch", "epochs", "extra_state.train_iterator.epoch"];

    /// <summary>The step in the file's name; null where it names none, or where the number is the epoch that the file states.</summary>
    public long? NameStep { get; private init; }

    /// <summary>The step that the name or the file states; null where neither does.</summary>
    public long? StatedStep => Name.IsLabelled ? NameStep : GlobalStep ?? NameStep ?? ContentStep;

    /// <summary>The step as a number: what a word in the name says, else the trainer's count, else the name's number, else what else the content states.</summary>
    public long? Step => StatedStep ?? OptimizerStep;

    /// <summary>Whether the file holds the state of an optimizer.</summary>
    public bool HasOptimizer { get; private init; }

    /// <summary>The name of the checkpoint that this one records as the best so far; null where it records none.</summary>
    public string? Best { get; private init; }

    /// <summary>
    /// The same checkpoint with what files say that were written beside it: HiFi-GAN's do_ holds the steps of its g_, accelerate's optimizer those of a model
    /// that states none. What the checkpoint says itself stays.
    /// </summary>
    public TrainingProgress With(IReadOnlyList<TrainingProgress> beside) => beside.Count == 0 ? this : this with
    {
        GlobalStep = GlobalStep ?? beside.Max(p => p.GlobalStep),
        ContentStep = ContentStep ?? beside.Max(p => p.ContentStep),
        OptimizerStep = OptimizerStep ?? beside.Max(p => p.OptimizerStep),
        Epoch = Epoch ?? beside.Max(p => p.Epoch),
        HasOptimizer = HasOptimizer || beside.Any(p => p.HasOptimizer || p.OptimizerStep is not null),
    };

    /// <summary>Measures a checkpoint.</summary>
    public static TrainingProgress Of(FileStamp file, Checkpoint content)
    {
        var name = CheckpointName.OfPath(file.Path);
        var epoch = First(content, EpochKeys);
        var globalStep = First(content, GlobalStepKeys) ?? FairseqUpdates(content);
        var contentStep = First(content, StepKeys);
        var isEpoch = !name.IsLabelled && name.Step is { } number && number == epoch && (globalStep ?? contentStep) is not null;
        return new TrainingProgress(file, name, globalStep, contentStep, StepOfOptimizer(content), epoch ?? First(content, ["iteration"]) ?? name.Epoch)
        {
            NameStep = isEpoch ? null : name.Step,
            HasOptimizer = content.Tensors.Any(t => IsOptimizer(t.Name)) || content.Metadata.Any(m => IsOptimizer(m.Key)),
            Best = BestOf(content),
        };
    }

    /// <summary>The step in a checkpoint's name, or null where there is none or it stands for "latest only".</summary>
    public static long? StepOfName(string fileName) => CheckpointName.Of(fileName).Step;

    // Lightning's ModelCheckpoint keeps the path of its best file, of which only the last part means something here. One without a monitor calls its last file the best.
    private static string? BestOf(Checkpoint checkpoint)
    {
        var paths = checkpoint.Metadata
            .Where(m => m.Key.EndsWith(".best_model_path", StringComparison.Ordinal) && !m.Key.Contains("'monitor': None", StringComparison.Ordinal))
            .Select(m => m.Value is MetadataValue.Text { Value: var path } ? path.Replace('\\', '/').TrimEnd('/') : "")
            .Select(path => path[(path.LastIndexOf('/') + 1)..])
            .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        return paths is [var only] ? only : null;
    }

    private static bool IsOptimizer(string path) => path.StartsWith("optim", StringComparison.OrdinalIgnoreCase) || path.StartsWith("last_optimizer_state", StringComparison.Ordinal);

    private static long? FairseqUpdates(Checkpoint checkpoint)
        => checkpoint.Metadata
            .Where(m => m.Key.StartsWith("optimizer_history.", StringComparison.Ordinal) && m.Key.EndsWith(".num_updates", StringComparison.Ordinal))
            .Max(m => (m.Value as MetadataValue.Integer)?.Value);

    private static long? First(Checkpoint checkpoint, string[] keys)
    {
        foreach (var key in keys)
        {
            switch (checkpoint.Find(key))
            {
                case MetadataValue.Integer { Value: >= 0 } integer:
                    return integer.Value;
                case MetadataValue.Real { Value: >= 0 and < 1e15 } real when real.Value == Math.Floor(real.Value):
                    return (long)real.Value;
            }

            if (checkpoint.Tensors.FirstOrDefault(t => t.Elements == 1 && string.Equals(t.Name, key, StringComparison.Ordinal)) is { } tensor && ReadCount(tensor) is { } count)
            {
                return count;
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

    // PyTorch's optimizers keep it at optimizer.state.<parameter>.step, Lightning at optimizer_states.0.state.<parameter>.step, and a file of an optimizer alone at
    // state.<parameter>.step.
    private static bool IsOptimizerStep(string path)
        => path.EndsWith(".step", StringComparison.Ordinal)
            && ((path.StartsWith("optim", StringComparison.Ordinal) && path.Contains(".state.", StringComparison.Ordinal))
                || (path.StartsWith("state.", StringComparison.Ordinal) && path.Length > 11 && path.AsSpan(6, path.Length - 11).ContainsAnyExceptInRange('0', '9') == false));

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
}
