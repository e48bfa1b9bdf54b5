namespace ModelGate.Runs;

/// <summary>The same modules as a model has them and as they are expected, as lines of Python to lay side by side.</summary>
/// <param name="Where">Which modules, folded: <c>mrfs.{0..3}</c>; empty for the whole model.</param>
/// <param name="Found">What the model has; none where it has nothing there.</param>
/// <param name="Expected">What is expected; none where nothing is.</param>
internal sealed record ModuleOutlines(SafeText Where, IReadOnlyList<SafeText> Found, IReadOnlyList<SafeText> Expected);
