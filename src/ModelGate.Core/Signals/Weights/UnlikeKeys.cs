using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>The number of names of weights that a model or the reference model has, and the other has not.</summary>
/// <remarks>Spellings of weight norm and layer norm count as one name, a word in front of all names as none; buffers and weights that only training needs are not counted.</remarks>
[Signal(MeasuredOn.ModelAndReference, Unit = "names", Better = Better.Lower)]
internal sealed partial class UnlikeKeys : Signal;
