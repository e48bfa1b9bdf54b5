namespace ModelGate.Signals;

/// <summary>The direction in which a signal gets better.</summary>
internal enum Better
{
    /// <summary>Neither: the number describes, and says nothing of quality.</summary>
    None,

    /// <summary>A smaller value is better.</summary>
    Lower,

    /// <summary>A larger value is better.</summary>
    Higher,
}
