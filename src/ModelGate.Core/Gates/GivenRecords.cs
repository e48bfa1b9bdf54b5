using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>What was given beside the configuration for the run to be compared with.</summary>
/// <param name="Baseline">A baseline; null where none was given.</param>
/// <param name="History">The runs before this one; null where none were given.</param>
internal sealed record GivenRecords(GivenBaseline? Baseline, RunHistory? History);

/// <summary>A baseline that was given beside the configuration.</summary>
/// <param name="Name">Its path as the user knows it.</param>
/// <param name="Content">What it says.</param>
internal sealed record GivenBaseline(SafeText Name, Baseline Content);
