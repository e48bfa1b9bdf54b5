namespace ModelGate.Runs;

/// <summary>The direction in which a signal's value is better.</summary>
internal enum Better
{
    /// <summary>Neither: a value is as good as another.</summary>
    None,

    /// <summary>The smaller the better.</summary>
    Lower,

    /// <summary>The greater the better.</summary>
    Higher,
}
