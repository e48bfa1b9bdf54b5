using System.Text.Json.Serialization;

namespace ModelGate.Trainers;

/// <summary>Something that shows in a folder which trainer wrote it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TrainerSign
{
    /// <summary>What it is, for the sentence that says that it is there or missing: "checkpoints called G_&lt;step&gt;.pth".</summary>
    public required string Is { get; init; }

    /// <summary>Globs, of which one has to match a file.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Texts, of which one has to stand in the first megabyte of a file that matches; without any, the name alone counts.</summary>
    /// <remarks>
    /// A checkpoint of PyTorch begins with its pickle, in which the names of its members and tensors stand as they are; so do a configuration's and a log's.
    /// </remarks>
    public IReadOnlyList<string> Holds { get; init => field = value ?? field; } = [];

    /// <summary>Texts, none of which may stand in the first megabyte of any file that matches: what another trainer's files hold.</summary>
    public IReadOnlyList<string> Lacks { get; init => field = value ?? field; } = [];
}
