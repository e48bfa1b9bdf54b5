namespace ModelGate.Gates.Safety;

/// <summary>Names that a well-known trainer writes into a file of its own, to be allowed together.</summary>
internal static class GlobalPresets
{
    /// <summary>The presets by name, each with its exact names.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> All = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        // What the Trainer of transformers writes into training_args.bin, from 4.57 to 5.24 alike.
        ["transformers-training-args"] =
        [
            "accelerate.state.PartialState",
            "accelerate.utils.dataclasses.DistributedType",
            "transformers.trainer_pt_utils.AcceleratorConfig",
            "transformers.trainer_utils.HubStrategy",
            "transformers.trainer_utils.IntervalStrategy",
            "transformers.trainer_utils.SaveStrategy",
            "transformers.trainer_utils.SchedulerType",
            "transformers.training_args.OptimizerNames",
            "transformers.training_args.TrainingArguments",
        ],
    };

    /// <summary>The preset that holds all of the names, or null.</summary>
    public static string? Covering(IReadOnlyCollection<string> names)
        => names.Count == 0 ? null : All.Where(p => names.All(p.Value.Contains)).Select(p => p.Key).FirstOrDefault();
}
