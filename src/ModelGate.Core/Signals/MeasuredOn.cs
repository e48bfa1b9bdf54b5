namespace ModelGate.Signals;

/// <summary>What a signal is measured on.</summary>
internal enum MeasuredOn
{
    /// <summary>A recording.</summary>
    Recording,

    /// <summary>The weights of a model or checkpoint.</summary>
    Weights,

    /// <summary>A training checkpoint: its name and what it states of itself.</summary>
    Checkpoint,

    /// <summary>A file as such, whatever it holds.</summary>
    File,

    /// <summary>A series of a training log.</summary>
    Series,

    /// <summary>A file of a team's own numbers.</summary>
    Metrics,

    /// <summary>A model and the architecture that it should have.</summary>
    ModelAndArchitecture,

    /// <summary>A model and the configuration that describes it.</summary>
    ModelAndConfiguration,

    /// <summary>An export and the checkpoints that it may come from.</summary>
    ExportAndCheckpoints,

    /// <summary>A model and the pretrained one that its training started from.</summary>
    ModelAndStart,

    /// <summary>A model and another of its kind that works.</summary>
    ModelAndReference,

    /// <summary>The recordings of a data set and what was made of them: features, pitch.</summary>
    DataSet,

    /// <summary>An output and the recording that it should sound like.</summary>
    OutputAndReference,

    /// <summary>A model that is run.</summary>
    ModelRun,
}
