using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests.Actions;

/// <summary>Runs an action of several steps from its action.yml, as GitHub's runner does: inputs and their defaults, conditions, environments, outputs, and which steps run after one that failed.</summary>
internal sealed partial class CompositeAction
{
    private readonly string folder;
    private readonly Dictionary<string, string> defaults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> outputs = new(StringComparer.Ordinal);
    private readonly List<Step> steps = [];

    /// <summary>Reads the action that lies in a folder.</summary>
    public CompositeAction(string folder)
    {
        this.folder = folder;
        var (section, entry, isEnvironment) = ("", "", false);
        foreach (var line in File.ReadAllLines(Path.Combine(folder, "action.yml")).Where(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith('#')))
        {
            var indent = line.Length - line.TrimStart().Length;
            var match = Member().Match(line);
            var (key, value) = (match.Groups[1].Value, match.Groups[2].Value.Trim());
            if (indent == 0)
            {
                section = key;
            }
            else if (section is "inputs" or "outputs")
            {
                entry = indent == 2 ? key : entry;
                _ = (section, key, indent) switch
                {
                    ("inputs", "default", 4) => defaults[entry] = value.Trim('\''),
                    ("outputs", "value", 4) => outputs[entry] = value,
                    _ => "",
                };
            }
            else if (section == "runs" && indent >= 4)
            {
                if (line.TrimStart().StartsWith("- ", StringComparison.Ordinal))
                {
                    steps.Add(new Step());
                    indent = 6;
                }

                isEnvironment = indent == 8 ? isEnvironment : key == "env";
                var members = indent == 8 ? isEnvironment ? steps[^1].Environment : [] : steps[^1].Members;
                members[key] = value;
            }
        }
    }

    /// <summary>Uses the action in a job. What it was given is checked against its inputs.</summary>
    public Use Run(Runner runner, params (string Name, string Value)[] inputs)
    {
        inputs.Select(i => i.Name).Should().BeSubsetOf(defaults.Keys);
        var values = defaults.ToDictionary(d => $"inputs.{d.Key}", d => d.Value, StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
        {
            values[$"inputs.{name}"] = value;
        }

        var (log, ended, code) = ("", false, 0);
        foreach (var step in steps)
        {
            var id = step.Members.GetValueOrDefault("id", "");
            if (ended || (step.Members.TryGetValue("if", out var condition) && !IsTrue(Evaluate(condition, values))))
            {
                values[$"steps.{id}.outcome"] = "skipped";
                continue;
            }

            step.Members.Should().NotContainKey("uses", "the SDK is here");
            var script = Path.Combine(folder, Script().Match(step.Members["run"]).Groups[1].Value);
            var before = runner.OutputLines.Length;
            var outcome = runner.StepOf(script, [.. step.Environment.Where(e => e.Key != "ACTION_PATH").Select(e => (e.Key, Substitute(e.Value, values)))]);
            log += outcome.Output + outcome.Error;
            foreach (var line in runner.OutputLines[before..])
            {
                values[$"steps.{id}.outputs.{line.Split('=')[0]}"] = line[(line.IndexOf('=') + 1)..];
            }

            values[$"steps.{id}.outcome"] = outcome.ExitCode == 0 ? "success" : "failure";
            if (outcome.ExitCode != 0 && step.Members.GetValueOrDefault("continue-on-error") != "true")
            {
                (ended, code) = (true, outcome.ExitCode);
            }
        }

        return new Use(code, log, outputs.ToDictionary(o => o.Key, o => Substitute(o.Value, values), StringComparer.Ordinal));
    }

    private static string Substitute(string text, IReadOnlyDictionary<string, string> values)
        => Expression().Replace(text, m => Evaluate(m.Groups[1].Value, values));

    // or, then and, then comparison: all that these actions write.
    private static string Evaluate(string expression, IReadOnlyDictionary<string, string> values)
    {
        var result = "";
        foreach (var alternative in expression.Split("||"))
        {
            result = "";
            foreach (var part in alternative.Split("&&"))
            {
                result = Compare(part.Trim());
                if (!IsTrue(result))
                {
                    break;
                }
            }

            if (IsTrue(result))
            {
                break;
            }
        }

        return result;

        string Compare(string part)
        {
            var match = Comparison().Match(part);
            return !match.Success ? Value(part)
                : (Value(match.Groups[1].Value) == Value(match.Groups[3].Value)) == (match.Groups[2].Value == "==") ? "true" : "false";
        }

        // What was never set is empty, as for the runner; but only of a kind that there is.
        string Value(string term)
        {
            if (term.StartsWith('\''))
            {
                return term.Trim('\'');
            }

            term.Should().MatchRegex(@"\A(inputs\.[a-z0-9-]+|steps\.[a-z]+\.(outcome|outputs\.[a-z-]+))\z");
            return values.GetValueOrDefault(term, "");
        }
    }

    private static bool IsTrue(string value) => value is not ("" or "false");

    [GeneratedRegex(@"^ *(?:- )?([A-Za-z_-][A-Za-z0-9_-]*):(.*)$")]
    private static partial Regex Member();

    [GeneratedRegex(@"\$\{\{ *(.*?) *\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^(\S+) (==|!=) (\S+)$")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^bash ""\$ACTION_PATH/([a-z-]+\.sh)""$")]
    private static partial Regex Script();

    private sealed record Step
    {
        public Dictionary<string, string> Members { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>What a use of an action came to.</summary>
internal sealed record Use(int ExitCode, string Log, IReadOnlyDictionary<string, string> Outputs);
