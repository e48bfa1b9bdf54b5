using ModelGate.ModelRuns;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>What was measured on the files of a subject.</summary>
internal interface IMeasured
{
    /// <summary>What a measure gave that the gate needs.</summary>
    TResult Of<TResult>(RoleFile file, Measure<TResult> measure)
        where TResult : class;

    /// <summary>What a measure gave that the gate can do without; null where the file did not give it.</summary>
    TResult? Find<TResult>(RoleFile file, Measure<TResult> measure)
        where TResult : class;

    /// <summary>What a measure gave that is known by a signal alone.</summary>
    object Of(RoleFile file, Measure measure);

    /// <summary>
    /// Compares two files element by element. It opens both again, so a gate asks for it only where what it needs from each file by itself
    /// leaves the question open.
    /// </summary>
    /// <exception cref="Faults.ArtifactFault">One of them cannot be read to the end.</exception>
    TResult Compare<TLeft, TRight, TResult>(RoleFile left, RoleFile right, PairMeasure<TLeft, TRight, TResult> measure)
        where TLeft : Artifacts.Artifact
        where TRight : Artifacts.Artifact
        where TResult : class;

    /// <summary>
    /// Runs a model in a process of its own; a run that was asked for before is not repeated. Recordings that it made can be measured and compared like any other file, in the role
    /// output and under the name that the step gave them.
    /// </summary>
    ModelRunReport Run(AskedModelRun asked);

    /// <summary>Cancelled where the user wants to stop.</summary>
    CancellationToken Cancellation { get; }
}
