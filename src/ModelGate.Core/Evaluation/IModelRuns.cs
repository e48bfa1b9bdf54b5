using ModelGate.ModelRuns;

namespace ModelGate.Evaluation;

/// <summary>Runs models in a process of their own. This library starts no process: who uses it may.</summary>
internal interface IModelRuns
{
    /// <summary>A folder that files may be written to while models run; it ends with the evaluation.</summary>
    /// <exception cref="IOException">There is no place for it.</exception>
    string Folder { get; }

    /// <summary>Whether the user allows programs: TorchScript is code.</summary>
    bool AllowsTorchScript { get; }

    /// <summary>Whether the user allows assemblies that a configuration names.</summary>
    bool AllowsAssemblies { get; }

    /// <summary>Runs a model. Whatever the model does, it returns.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    ModelRunReport Run(ModelRunRequest request, ModelRunLimits limits, CancellationToken cancellation);

    /// <summary>Keeps a file of <see cref="Folder"/> where the user wants it.</summary>
    /// <param name="file">The file's full path.</param>
    /// <param name="name">Where it is kept, with forward slashes: the names of folders and the file, which may hold anything.</param>
    void Keep(string file, string name);
}
