namespace ModelGate.Gates;

/// <summary>What is wrong with an option whose value is of the right kind and in range.</summary>
/// <param name="Option">The option's name.</param>
/// <param name="Message">One sentence without a full stop, with what would be right.</param>
internal sealed record OptionProblem(string Option, SafeText Message);
