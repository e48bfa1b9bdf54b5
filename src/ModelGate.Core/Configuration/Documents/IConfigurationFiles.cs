namespace ModelGate.Configuration.Documents;

/// <summary>The files that a configuration may extend.</summary>
internal interface IConfigurationFiles
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path relative to the folder of the configuration that was asked for, with forward slashes.</param>
    /// <exception cref="IOException">It cannot be read, or may not be: the message says why, without a full stop.</exception>
    byte[] Read(string path);
}
