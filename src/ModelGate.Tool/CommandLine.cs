using System.CommandLine;
using System.CommandLine.Parsing;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary>The command line: reads it, runs a command, and turns every failure into one sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs the tool.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Standard output: results.</param>
    /// <param name="error">Standard error: what people are told beside a machine's result.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        error = new LogWriter(error);
        using var interrupt = new Interrupt();
        var session = new Session(output, error, interrupt.Token);
        var root = new RootCommand("Judges trained model artifacts against gates, and fails before a broken model leaves the build.")
        {
            CheckCommand.Create(session),
            InitCommand.Create(session),
            InspectCommand.Create(session),
            DiffCommand.Create(session),
            RemapCommand.Create(session),
            MeasureCommand.Create(session),
            CalibrateCommand.Create(session),
            TraceCommand.Create(session),
            BaselineCommand.Create(session),
            ReportCommand.Create(session),
            VerifyCommand.Create(session),
            PolicyCommand.Create(session),
            ExplainCommand.Create(session),
            SchemaCommand.Create(session),
        };
        // Whoever types "help", or "help check", means the option.
        args = args is ["help", .. var rest] ? [.. rest, "--help"] : args;
        try
        {
            // A file called @a.pth is a file: arguments are never read from one.
            var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            if (MisspeltOption(parsed) is { } hint)
            {
                error.WriteLine("modelgate: " + hint);
            }
            else if (parsed.Errors.Count == 0)
            {
                var exitCode = parsed.Invoke(invocation);
                return args.Length == 0 ? ExitCode.CouldNotJudge : exitCode;
            }
            else if (parsed.CommandResult.Command is RootCommand && args is [var first, ..] && !first.StartsWith('-'))
            {
                error.WriteLine(SafeText.Of($"modelgate: there is no command \"{first}\"{NearestName.Hint(first, [.. root.Subcommands.Select(c => c.Name)])}"));
            }
            else
            {
                foreach (var fault in parsed.Errors)
                {
                    error.WriteLine(SafeText.Of($"modelgate: {fault.Message.TrimEnd('.')}"));
                }
            }

            error.WriteLine($"modelgate: try \"modelgate {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help\"");
            return ExitCode.CouldNotJudge;
        }
        catch (ConfigurationException fault)
        {
            foreach (var each in fault.Errors)
            {
                error.WriteLine(each.ToString());
            }

            return ExitCode.CouldNotJudge;
        }
        catch (UsageException fault)
        {
            error.WriteLine("modelgate: " + fault.Message);
            return ExitCode.CouldNotJudge;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine(Interrupt.Sentence);
            return ExitCode.CouldNotJudge;
        }
        catch (OutputException fault)
        {
            error.WriteLine("modelgate: " + fault.Message);
            return ExitCode.CouldNotJudge;
        }
        catch (Exception fault) when (ResourcesExhaustedException.Find(fault) is { } exhausted)
        {
            error.WriteLine("modelgate: " + exhausted.Message);
            return ExitCode.CouldNotJudge;
        }
        catch (Exception fault)
        {
            error.WriteLine(SafeText.Of($"modelgate: internal error: {fault.GetBaseException().GetType().Name}: {fault.GetBaseException().Message}"));
            error.WriteLine($"modelgate {ProductVersion.Text} is at fault, not your files; please report this with the command line and these lines:");
            error.WriteLine(string.Join('\n', (fault.GetBaseException().StackTrace ?? fault.StackTrace ?? "").Split('\n').Select(l => "  " + SafeText.From(l.Trim()))));
            return ExitCode.CouldNotJudge;
        }
    }

    // What begins with two dashes and is not an option would pass for a path, and "there is no folder --gates" helps nobody.
    private static SafeText? MisspeltOption(ParseResult parsed)
    {
        var written = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).FirstOrDefault(t => t.Type == TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal))?.Value;
        return written is null
            ? null
            : SafeText.Of($"there is no option \"{written}\"{NearestName.Hint(written, [.. parsed.CommandResult.Command.Options.Where(o => !o.Hidden).Select(o => o.Name)])}");
    }
}
