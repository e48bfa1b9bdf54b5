using ModelGate;
using ModelGate.Runs;
using ModelGate.Torch;

const string Help = """
    modelgate-torch runs trained models for modelgate, which starts it when a gate asks for that:
    it loads weights strictly, runs them, synthesizes, and times.

    Usage:
      modelgate-torch run        Reads a request on standard input, and answers each of its steps with a
                                 line of JSON on standard output.
      modelgate-torch --help
      modelgate-torch --version

    A TorchScript program and a module of an assembly are code, and run with the rights of this process.
    Exit code: 0 every step was answered, 2 wrong usage, 3 the request is not understood.
    """;

switch (args)
{
    case ["run"]:
        return RunCommand.Run(Console.OpenStandardInput(), Console.Error);
    case ["--version"]:
        Console.WriteLine(ProductVersion.Text);
        return ExitCode.Answered;
    case ["--help" or "-h" or "-?" or "help"]:
        Console.WriteLine(Help);
        return ExitCode.Answered;
    case []:
        Console.WriteLine(Help);
        return ExitCode.WrongUsage;
    default:
        Console.Error.WriteLine(SafeText.Of($"modelgate-torch: there is no command \"{string.Join(' ', args)}\"; try \"modelgate-torch --help\""));
        return ExitCode.WrongUsage;
}
