using ModelGate.Tool;

if (!StandardStreams.Guard())
{
    Console.Error.WriteLine("modelgate: standard output is closed: there is nowhere to write the result to");
    return ExitCode.CouldNotJudge;
}

return CommandLine.Run(args, Console.Out, Console.Error);
