using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Tests.Readers.Pickle;

/// <summary>Pickles that want to do something. Nothing here is ever loaded by what could do it.</summary>
public class CodeInPickleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_command_is_dangerous_under_every_protocol(int protocol)
    {
        var pickle = PickleWriter.Protocol(protocol);
        _ = protocol < 4 ? pickle.Global("os", "system") : pickle.StackGlobal("os", "system");
        pickle.Ascii(protocol == 0 ? "(S'echo'\nt" : "(U\u0004echot");

        var refused = Refused(pickle.Ascii("R").Stop());

        refused.Reason.Code.Should().Be("dangerous-global");
        refused.Globals.Should().ContainSingle(g => g.Name == "os.system" && g.Verdict == GlobalVerdict.Dangerous);
    }

    [Theory]
    [InlineData("posix", "system", "posix.system")]
    [InlineData("nt", "system", "nt.system")]
    [InlineData("__builtin__", "eval", "builtins.eval")]
    [InlineData("__builtin__", "getattr", "builtins.getattr")]
    [InlineData("cPickle", "loads", "pickle.loads")]
    [InlineData("commands", "getoutput", "subprocess.getoutput")]
    [InlineData("pip", "main", "pip.main")]
    [InlineData("bdb", "Bdb.run", "bdb.Bdb.run")]
    [InlineData("pkgutil", "resolve_name", "pkgutil.resolve_name")]
    [InlineData("importlib", "import_module", "importlib.import_module")]
    [InlineData("operator", "methodcaller", "operator.methodcaller")]
    [InlineData("_operator", "attrgetter", "_operator.attrgetter")]
    [InlineData("functools", "partial", "functools.partial")]
    [InlineData("asyncio.unix_events", "_UnixSubprocessTransport._start", "asyncio.unix_events._UnixSubprocessTransport._start")]
    [InlineData("asyncio.unix_events", "run", "asyncio.unix_events.run")]
    [InlineData("timeit", "timeit", "timeit.timeit")]
    [InlineData("pydoc", "locate", "pydoc.locate")]
    [InlineData("venv", "create", "venv.create")]
    [InlineData("cProfile", "run", "cProfile.run")]
    [InlineData("profile", "run", "profile.run")]
    [InlineData("trace", "Trace.run", "trace.Trace.run")]
    [InlineData("doctest", "debug_script", "doctest.debug_script")]
    [InlineData("idlelib.pyshell", "ModifiedInterpreter", "idlelib.pyshell.ModifiedInterpreter")]
    [InlineData("lib2to3.pgen2.grammar", "Grammar.loads", "lib2to3.pgen2.grammar.Grammar.loads")]
    [InlineData("ensurepip", "_run_pip", "ensurepip._run_pip")]
    [InlineData("ctypes", "CDLL", "ctypes.CDLL")]
    [InlineData("pty", "spawn", "pty.spawn")]
    [InlineData("ssl", "get_server_certificate", "ssl.get_server_certificate")]
    [InlineData("numpy.f2py.crackfortran", "getlincoef", "numpy.f2py.crackfortran.getlincoef")]
    [InlineData("numpy.testing._private.utils", "runstring", "numpy.testing._private.utils.runstring")]
    [InlineData("torch.utils.collect_env", "run", "torch.utils.collect_env.run")]
    [InlineData("torch.utils.bottleneck.__main__", "run_cprofile", "torch.utils.bottleneck.__main__.run_cprofile")]
    [InlineData("torch._inductor.codecache", "compile_file", "torch._inductor.codecache.compile_file")]
    [InlineData("torch._dynamo.guards", "GuardBuilder", "torch._dynamo.guards.GuardBuilder")]
    [InlineData("torch.fx.experimental.symbolic_shapes", "ShapeEnv", "torch.fx.experimental.symbolic_shapes.ShapeEnv")]
    [InlineData("torch.utils._config_module", "ConfigModule", "torch.utils._config_module.ConfigModule")]
    [InlineData("torch.utils.data.datapipes.utils.decoder", "basichandlers", "torch.utils.data.datapipes.utils.decoder.basichandlers")]
    [InlineData("torch.jit.unsupported_tensor_ops", "execWrapper", "torch.jit.unsupported_tensor_ops.execWrapper")]
    [InlineData("torch.serialization", "load", "torch.serialization.load")]
    [InlineData("torch.storage", "_load_from_bytes", "torch.storage._load_from_bytes")]
    [InlineData("torch.hub", "load", "torch.hub.load")]
    [InlineData("uuid", "_get_command_stdout", "uuid._get_command_stdout")]
    [InlineData("imaplib", "IMAP4_stream", "imaplib.IMAP4_stream")]
    [InlineData("_pyrepl.pager", "pipe_pager", "_pyrepl.pager.pipe_pager")]
    [InlineData("_osx_support", "_read_output", "_osx_support._read_output")]
    [InlineData("_aix_support", "_read_cmd_output", "_aix_support._read_cmd_output")]
    [InlineData("test.support.script_helper", "assert_python_ok", "test.support.script_helper.assert_python_ok")]
    [InlineData("logging", "FileHandler", "logging.FileHandler")]
    [InlineData("_io", "FileIO", "_io.FileIO")]
    [InlineData("io", "open", "io.open")]
    [InlineData("types", "CodeType", "types.CodeType")]
    [InlineData("cloudpickle.cloudpickle", "_make_function", "cloudpickle.cloudpickle._make_function")]
    [InlineData("multiprocessing.util", "spawnv_passfds", "multiprocessing.util.spawnv_passfds")]
    [InlineData("pandas", "read_csv", "pandas.read_csv")]
    [InlineData("numpy", "load", "numpy.load")]
    [InlineData("joblib", "load", "joblib.load")]
    [InlineData("fickling.hook", "remove_hook", "fickling.hook.remove_hook")]
    [InlineData("picklescan.scanner", "scan_pickle_bytes", "picklescan.scanner.scan_pickle_bytes")]
    [InlineData("shutil", "os", "shutil.os")]
    [InlineData("numpy", "__builtins__", "numpy.__builtins__")]
    public void A_known_gadget_is_dangerous_however_it_is_imported(string module, string name, string shown)
    {
        // Names of Python 2 mean what they say from protocol 3 on, and are as dangerous to an old interpreter.
        foreach (var (pickle, said) in new[] { (PickleWriter.Protocol(2).Global(module, name), shown), (PickleWriter.Protocol(4).StackGlobal(module, name), $"{module}.{name}") })
        {
            var refused = Refused(pickle.Text("x").Raw(0x85).Ascii("R").Stop());

            refused.Reason.Code.Should().Be("dangerous-global");
            refused.Globals.Should().ContainSingle(g => g.Name == said && g.Verdict == GlobalVerdict.Dangerous);
        }
    }

    [Fact]
    public void An_unknown_name_is_data_and_is_listed()
    {
        var (value, log) = Run(PickleWriter.Protocol(2).Global("foo.bar", "Baz").Ascii(")").Raw(0x81).Stop());

        value.Kind.Should().Be("an instance of foo.bar.Baz");
        log.ToList().Should().ContainSingle().Which.Verdict.Should().Be(GlobalVerdict.Unknown);
    }

    [Fact]
    public void A_method_bound_to_plain_data_is_unknown_and_not_dangerous()
    {
        var (_, log) = Run(PickleWriter.Protocol(2).Global("__builtin__", "getattr").Global("foo", "Module").Ascii(")").Raw(0x81).Text("forward").Raw(0x86).Ascii("R").Stop());

        log.ToList().Should().OnlyContain(g => g.Verdict == GlobalVerdict.Unknown).And.HaveCount(2);
    }

    [Fact]
    public void An_attribute_of_an_import_is_dangerous()
        => Refused(PickleWriter.Protocol(2).Global("__builtin__", "getattr").Global("foo", "Module").Text("loader").Raw(0x86).Ascii("R").Stop())
            .Globals.Should().Contain(g => g.Name == "builtins.getattr" && g.Verdict == GlobalVerdict.Dangerous);

    [Fact]
    public void The_names_are_taken_from_the_stack_and_not_from_the_neighbouring_opcodes()
    {
        var memo = PickleWriter.Protocol(4).ShortText("os").Ascii("q").Raw(1).Ascii("0").ShortText("system").Ascii("q").Raw(2).Ascii("0").ShortText("collections").ShortText("OrderedDict")
            .Ascii("00").Ascii("h").Raw(1).Ascii("h").Raw(2).Raw(0x93).Stop();
        var old = PickleWriter.Protocol(4).Ascii("S'os'\nVsystem\n").Raw(0x93).Stop();
        var shuffled = PickleWriter.Protocol(4).ShortText("os").ShortText("x").Ascii("0(12").Ascii("0").ShortText("system").Raw(0x93).Stop();

        foreach (var pickle in (byte[][])[memo, old, shuffled])
        {
            Refused(pickle).Globals.Should().ContainSingle(g => g.Name == "os.system" && g.Verdict == GlobalVerdict.Dangerous);
        }
    }

    [Fact]
    public void A_name_with_dots_reaches_into_a_module_and_is_refused()
    {
        var refused = Refused(PickleWriter.Protocol(4).StackGlobal("pathlib", "os.system").Stop());

        refused.Reason.Code.Should().Be("dangerous-global");
        Fault(PickleWriter.Protocol(4).StackGlobal("collections", "abc.Foo").Stop()).Should().Be("dotted-name");
    }

    [Fact]
    public void A_call_that_is_dropped_is_listed_all_the_same()
        => Refused(PickleWriter.Protocol(2).Global("os", "system").Text("x").Raw(0x85).Ascii("R0N").Stop()).Globals.Should().ContainSingle(g => g.Name == "os.system");

    [Fact]
    public void What_stands_before_a_break_is_listed()
    {
        var refused = Refused(PickleWriter.Protocol(2).Global("os", "system").Raw(0xFF).ToArray());

        refused.Reason.Code.Should().Be("dangerous-global");
        refused.Description.Value.Should().Contain("then the file breaks");
    }

    [Fact]
    public void What_stands_behind_a_refused_call_is_listed()
        => Refused(PickleWriter.Protocol(2).Int(1).Raw(0x85).Ascii(")R0").Global("os", "system").Stop()).Globals.Should().ContainSingle(g => g.Name == "os.system");

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "call-of-result", PickleWriter.Protocol(2).Global("foo", "bar").Ascii(")R)R").Stop() },
        { "call-target", PickleWriter.Protocol(2).Int(1).Ascii(")R").Stop() },
        { "malformed-pickle", PickleWriter.Protocol(4).Int(42).Raw(0x94).ShortText("x").Raw(0x93).Stop() },
        { "malformed-pickle", PickleWriter.Protocol(4).ShortText("x").Ascii("N").Raw(0x93).Stop() },
        { "malformed-pickle", PickleWriter.Protocol(4).Global("foo", "bar").Ascii(")R").ShortText("x").Raw(0x93).Stop() },
        { "stack-underflow", PickleWriter.Protocol(4).ShortText("x").Raw(0x93).Stop() },
        { "legacy-call-opcode", PickleWriter.Protocol(2).Ascii("(ifoo\nbar\n").Stop() },
        { "legacy-call-opcode", PickleWriter.Protocol(2).Ascii("(").Global("foo", "bar").Text("x").Ascii("o").Stop() },
        { "legacy-call-opcode", PickleWriter.Protocol(2).Ascii("(").Global("foo", "bar").Ascii("o0N").Stop() },
        { "extension-registry", PickleWriter.Protocol(2).Raw(0x82, 1).Stop() },
        { "extension-registry", PickleWriter.Protocol(2).Raw(0x83, 1, 0).Stop() },
        { "extension-registry", PickleWriter.Protocol(2).Raw(0x84, 1, 0, 0, 0).Stop() },
        { "persistent-id", PickleWriter.Protocol(0).Ascii("Px\n").Stop() },
        { "persistent-id", PickleWriter.Protocol(2).Text("x").Ascii("Q").Stop() },
        { "out-of-band-buffer", PickleWriter.Protocol(5).Raw(0x97).Stop() },
        { "out-of-band-buffer", PickleWriter.Protocol(5).Ascii("N").Raw(0x98).Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("torch", "FloatStorage").Ascii(")").Raw(0x81).Stop() },
        { "bad-arguments", PickleWriter.Protocol(4).Global("collections", "OrderedDict").Ascii(")}").Text("a").Int(1).Ascii("s").Raw(0x92).Stop() },
        { "build-target", PickleWriter.Protocol(2).Global("numpy", "size").Ascii("}b").Stop() },
        { "build-target", PickleWriter.Protocol(2).Text("x").Ascii("}b").Stop() },
        { "build-target", PickleWriter.Protocol(2).Ascii("}}b").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("collections", "OrderedDict").Ascii(")R").Ascii("}").Text("append").Global("foo", "bar").Ascii("sb").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("collections", "OrderedDict").Ascii(")RN}").Raw(0x86).Ascii("b").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("argparse", "Namespace").Ascii(")").Raw(0x81).Ascii("}").Text("__class__").Int(1).Ascii("sb").Stop() },
        { "append-target", PickleWriter.Protocol(2).Global("argparse", "Namespace").Ascii(")").Raw(0x81).Ascii("}").Text("append").Global("foo", "bar").Ascii("sbNa").Stop() },
        { "setitem-target", PickleWriter.Protocol(2).Ascii("]NNs").Stop() },
        { "setitem-target", PickleWriter.Protocol(2).Int(1).Ascii("NNs").Stop() },
        { "setitem-target", PickleWriter.Protocol(2).Ascii(")(NNu").Stop() },
        { "setitem-target", PickleWriter.Protocol(2).Global("foo", "bar").Ascii("(NNu").Stop() },
        { "append-target", PickleWriter.Protocol(2).Ascii("}Na").Stop() },
        { "append-target", PickleWriter.Protocol(2).Ascii(")(Ne").Stop() },
        { "append-target", PickleWriter.Protocol(2).Global("collections", "OrderedDict").Ascii(")RNa").Stop() },
        { "additems-target", PickleWriter.Protocol(4).Ascii("](N").Raw(0x90).Stop() },
        { "odd-items", PickleWriter.Protocol(2).Ascii("}(NNNu").Stop() },
        { "odd-items", PickleWriter.Protocol(2).Ascii("(NNNd").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("torch._utils", "_rebuild_tensor_v2").Ints(1, 2, 3).Ascii("R").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("torch._tensor", "_rebuild_from_type_v2").Ascii("(").Global("foo", "bar").Global("torch", "Tensor").Ascii(")NtR").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("_codecs", "encode").Text("x").Text("rot13").Raw(0x86).Ascii("R").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("_codecs", "encode").Text("\u0100").Text("latin1").Raw(0x86).Ascii("R").Stop() },
        { "bad-arguments", PickleWriter.Protocol(2).Global("collections", "defaultdict").Global("foo", "bar").Raw(0x85).Ascii("R").Stop() },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_is_no_plain_data_is_refused_by_its_reason(string reason, byte[] pickle) => Fault(pickle).Should().Be(reason);

    [Fact]
    public void A_function_handed_over_as_data_is_listed()
        => Refused(PickleWriter.Protocol(2).Global("torch._tensor", "_rebuild_from_type_v2").Ascii("(").Global("os", "system").Global("torch", "Tensor").Ascii(")NtR").Stop())
            .Globals.Should().Contain(g => g.Name == "os.system" && g.Verdict == GlobalVerdict.Dangerous);

    [Fact]
    public void An_array_of_objects_is_unknown_and_what_it_holds_is_listed()
    {
        var (_, log) = Run(PickleWriter.Protocol(2).Global("numpy", "dtype").Text("O8").Raw(0x89, 0x88, 0x87).Ascii("R0").Global("foo", "bar").Stop());

        log.ToList().Should().Contain(g => g.Name == "numpy.dtype" && g.Verdict == GlobalVerdict.Unknown).And.Contain(g => g.Name == "foo.bar");
    }

    [Fact]
    public void A_pickle_that_is_handed_to_an_unpickler_is_walked_too()
    {
        var inner = PickleWriter.Protocol(2).Global("os", "system").Text("x").Raw(0x85).Ascii("R").Stop();

        Refused(PickleWriter.Protocol(3).Global("torch.storage", "_load_from_bytes").Ascii("C").Raw((byte)inner.Length).Raw(inner).Raw(0x85).Ascii("R").Stop())
            .Globals.Select(g => g.Name).Should().Equal("os.system", "torch.storage._load_from_bytes");
    }

    [Theory]
    [InlineData("gASVJgAAAAAAAAB9lIwBYZRLAXMu")]
    [InlineData("80049526000000000000007d948c0161944b01732e")]
    public void An_encoded_pickle_inside_a_pickle_is_told(string text)
    {
        var machine = Machine(PickleWriter.Protocol(2).Text(text).Stop(), new GlobalLog());

        machine.Run();

        machine.Warnings.Should().ContainSingle().Which.Value.Should().Contain("encoded");
    }

    [Fact]
    public void A_pickle_inside_a_pickle_is_told()
    {
        var inner = PickleWriter.Protocol(2).Ascii("N").Stop();
        var machine = Machine(PickleWriter.Protocol(3).Ascii("C").Raw((byte)inner.Length).Raw(inner).Stop(), new GlobalLog());

        machine.Run();

        machine.Warnings.Should().ContainSingle().Which.Value.Should().Contain("look like another pickle");
    }

    private static PickleMachine Machine(byte[] pickle, GlobalLog log)
        => new(new PickleInput(new MemoryByteSource(pickle), 0, pickle.Length), new ReadBudget(ReadLimits.Default), log);

    private static (PickleValue Value, GlobalLog Log) Run(byte[] pickle)
    {
        var log = new GlobalLog();
        return (Machine(pickle, log).Run(), log);
    }

    private static string Fault(byte[] pickle)
    {
        var running = () => Run(pickle);
        return running.Should().Throw<ArtifactFault>().Which.Reason.Code;
    }

    private static ArtifactFault Refused(byte[] pickle) => Fixture.Refusal(pickle);
}
