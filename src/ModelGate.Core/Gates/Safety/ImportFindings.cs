using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Trainers;

namespace ModelGate.Gates.Safety;

/// <summary>Puts into words what a file would do to the process that loads it.</summary>
internal static class ImportFindings
{
    private const int MostFindings = 20;
    private const int MostNames = 12;
    private const int MostAllowed = 100;

    /// <summary>One sentence for each dangerous name, and one for whatever else the reader refused because it asks for a call.</summary>
    public static IEnumerable<SafeText> Dangers(IReadOnlyList<GlobalUse> imports, ArtifactFault? fault)
    {
        var dangerous = imports.Where(i => i.Verdict == GlobalVerdict.Dangerous).ToArray();
        foreach (var import in dangerous.Take(MostFindings))
        {
            yield return SafeText.Of($"loading it would import {import.Name}, which {DangerousGlobals.EffectOf(import.Name)} (offset {import.Offset} of its pickle{Times(import)})");
        }

        if (dangerous.Length > MostFindings)
        {
            yield return SafeText.Of($"{dangerous.Length - MostFindings} more of its imports are dangerous");
        }

        for (; fault is not null; fault = fault.Underlying)
        {
            if (fault.Kind == FaultKind.ContainsCode)
            {
                yield return Program(fault.Sentence);
            }
            else if (fault.Kind == FaultKind.AsksForCode && (fault.Reason != FaultReason.DangerousGlobal || dangerous.Length == 0))
            {
                // The dangerous names themselves have been listed above.
                yield return SafeText.Of($"it asks its loader for more than data: {fault.Sentence}");
            }
        }
    }

    /// <summary>One sentence for what a file that could be read carries besides data; none where it carries nothing.</summary>
    public static IEnumerable<SafeText> Programs(IReadOnlyList<SafeText> code)
    {
        if (code.Count > 0)
        {
            var more = code.Count > MostNames ? SafeText.Of($", and {code.Count - MostNames} more") : SafeText.Empty;
            yield return Program(SafeText.Of($"{SafeText.Join(", ", code.Take(MostNames))}{more}"));
        }
    }

    private static SafeText Program(SafeText what) => SafeText.Of($"no list of names can vouch for code: {what}");

    /// <summary>The finding for names that are on no list, with the line that would allow them.</summary>
    public static Finding Unknown(IReadOnlyList<GlobalUse> unknown)
    {
        var names = unknown.Select(u => u.Name).ToArray();
        var shown = SafeText.Join(", ", unknown.Take(MostNames).Select(u => u.Count == 1 ? SafeText.From(u.Name) : SafeText.Of($"{u.Name} x{u.Count}")));
        var more = unknown.Count > MostNames ? SafeText.Of($", and {unknown.Count - MostNames} more") : SafeText.Empty;
        var sentence = unknown.Count == 1
            ? SafeText.Of($"it imports {shown}, which is on no list: whatever that is runs when the file is loaded")
            : SafeText.Of($"it imports {SafeText.Count(unknown.Count, "name")} on no list, and what is imported runs when the file is loaded: {shown}{more}");
        if (unknown.Count > MostAllowed)
        {
            return new Finding(sentence) { Remedy = SafeText.Of($"Save the state_dict alone, which needs no classes: nobody can vouch for so many") };
        }

        var line = Covering(names) is { } list
            ? SafeText.Of($"\"allowLists\": [\"{list}\"]")
            : SafeText.Of($"\"allowGlobals\": [{SafeText.Join(", ", unknown.Select(u => SafeText.Of($"\"{u.Name}\"")))}]");
        return new Finding(sentence)
        {
            Remedy = SafeText.Of($"Where you know these classes and who wrote the file, add {line} to the options of pickle-must-be-safe; else save the state_dict alone, which needs no classes"),
        };
    }

    private static SafeText Times(GlobalUse import) => import.Count == 1 ? SafeText.Empty : SafeText.Of($", {import.Count} times");

    // The list that holds all of the names, where one does.
    private static string? Covering(string[] names)
        => names.Length == 0 ? null : TrainerCatalogue.AllowLists.Where(l => names.All(l.Value.Contains)).Select(l => l.Key).FirstOrDefault();
}
