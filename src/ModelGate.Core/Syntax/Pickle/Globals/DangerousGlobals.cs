using System.Collections.Frozen;

namespace ModelGate.Syntax.Pickle.Globals;

/// <summary>Names that are known to run code, touch files or reach the network, and what each would do.</summary>
/// <remarks>
/// This list only makes the words stronger: a name that is on neither list is not allowed either. It never needs to be complete.
/// </remarks>
internal static class DangerousGlobals
{
    private const string Commands = "runs programs";
    private const string Code = "runs Python code";
    private const string Imports = "imports any module by its name";
    private const string Unpickles = "loads another pickle, which can do anything";
    private const string Network = "opens network connections";
    private const string Files = "reads, writes or deletes files";
    private const string Reaches = "reaches any function through an object's attributes";
    private const string Interpreter = "changes the running interpreter";
    private const string Scanner = "tampers with a scanner";
    private const string Native = "loads native code";

    /// <summary>Modules in which every name is dangerous, sub-modules included.</summary>
    private static readonly FrozenDictionary<string, string> Modules = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["os"] = Commands, ["posix"] = Commands, ["nt"] = Commands, ["posixpath"] = Files, ["ntpath"] = Files,
        ["subprocess"] = Commands, ["_posixsubprocess"] = Commands, ["pty"] = Commands, ["popen2"] = Commands, ["commands"] = Commands,
        ["multiprocessing"] = Commands, ["concurrent"] = Commands, ["asyncio"] = Commands, ["pipes"] = Commands, ["webbrowser"] = Commands,
        ["antigravity"] = Commands, ["_osx_support"] = Commands, ["_aix_support"] = Commands, ["platform"] = Commands, ["sh"] = Commands, ["pexpect"] = Commands,
        ["sys"] = Interpreter, ["gc"] = Interpreter, ["inspect"] = Interpreter, ["ctypes"] = Native, ["_ctypes"] = Native, ["cffi"] = Native,
        ["signal"] = Interpreter, ["site"] = Code, ["atexit"] = Code, ["threading"] = Code, ["_thread"] = Code, ["sched"] = Code,
        ["runpy"] = Code, ["code"] = Code, ["codeop"] = Code, ["bdb"] = Code, ["pdb"] = Code, ["cProfile"] = Code, ["profile"] = Code, ["timeit"] = Code,
        ["trace"] = Code, ["doctest"] = Code, ["test"] = Code, ["unittest"] = Code, ["idlelib"] = Code, ["lib2to3"] = Code, ["_pyrepl"] = Code,
        ["cloudpickle"] = Code, ["marshal"] = Code, ["venv"] = Commands, ["ensurepip"] = Commands, ["pip"] = Commands, ["setuptools"] = Commands,
        ["distutils"] = Commands, ["pydoc"] = Imports, ["importlib"] = Imports, ["imp"] = Imports, ["pkgutil"] = Imports, ["zipimport"] = Imports,
        ["pickle"] = Unpickles, ["_pickle"] = Unpickles, ["cPickle"] = Unpickles, ["dill"] = Unpickles, ["shelve"] = Unpickles,
        ["pickletools"] = Unpickles,
        ["socket"] = Network, ["_socket"] = Network, ["ssl"] = Network, ["socketserver"] = Network, ["ftplib"] = Network, ["smtplib"] = Network,
        ["imaplib"] = Network, ["poplib"] = Network, ["nntplib"] = Network, ["telnetlib"] = Network, ["urllib"] = Network, ["http"] = Network,
        ["httplib"] = Network, ["requests"] = Network, ["aiohttp"] = Network, ["httpx"] = Network, ["urllib3"] = Network, ["xmlrpc"] = Network, ["wsgiref"] = Network,
        ["paramiko"] = Network,
        ["shutil"] = Files, ["tempfile"] = Files, ["fileinput"] = Files, ["linecache"] = Files, ["glob"] = Files, ["mmap"] = Files, ["zipfile"] = Files,
        ["tarfile"] = Files, ["sqlite3"] = Files, ["dbm"] = Files, ["io"] = Files, ["_io"] = Files, ["_pyio"] = Files, ["filecmp"] = Files, ["codecs"] = Files,
        ["fickling"] = Scanner, ["picklescan"] = Scanner, ["modelscan"] = Scanner, ["modelaudit"] = Scanner,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Modules of libraries that also hold harmless names: listed to the exact sub-module.</summary>
    private static readonly FrozenDictionary<string, string> SubModules = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["torch.hub"] = Network, ["torch.jit.unsupported_tensor_ops"] = Code, ["torch.jit.annotations"] = Code, ["torch.jit.frontend"] = Code, ["torch.jit._script"] = Code, ["torch.jit._serialization"] = Code, ["torch.package"] = Code, ["torch.ops"] = Native, ["torch._ops"] = Native,
        ["torch._inductor"] = Code, ["torch._dynamo.guards"] = Code, ["torch.fx.experimental"] = Code, ["torch.fx.graph_module"] = Code, ["torch.multiprocessing"] = Commands,
        ["torch.distributed.rpc"] = Network, ["torch.distributed.run"] = Commands, ["torch.distributed.launcher"] = Commands, ["torch.distributed.elastic"] = Commands,
        ["torch.utils.bottleneck"] = Code, ["torch.utils.collect_env"] = Commands, ["torch.utils.cpp_extension"] = Native, ["torch.utils._config_module"] = Unpickles,
        ["torch.utils.data.datapipes"] = Unpickles, ["torch.utils.model_zoo"] = Network,
        ["numpy.f2py"] = Code, ["numpy.distutils"] = Commands, ["numpy.testing"] = Code, ["numpy.ctypeslib"] = Native,
        ["logging.config"] = Imports, ["logging.handlers"] = Network,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["builtins.eval"] = Code, ["builtins.exec"] = Code, ["builtins.execfile"] = Code, ["builtins.compile"] = Code, ["builtins.apply"] = Code,
        ["builtins.map"] = Code, ["builtins.filter"] = Code, ["builtins.__import__"] = Imports, ["builtins.__loader__"] = Imports, ["builtins.reload"] = Imports,
        ["builtins.getattr"] = Reaches, ["builtins.setattr"] = Reaches, ["builtins.delattr"] = Reaches, ["builtins.globals"] = Reaches,
        ["builtins.locals"] = Reaches, ["builtins.vars"] = Reaches, ["builtins.super"] = Reaches, ["builtins.classmethod"] = Code, ["builtins.property"] = Code,
        ["builtins.open"] = Files, ["builtins.file"] = Files, ["builtins.input"] = Code, ["builtins.raw_input"] = Code, ["builtins.breakpoint"] = Code,
        ["builtins.exit"] = Interpreter, ["builtins.quit"] = Interpreter, ["builtins.help"] = Commands, ["builtins.memoryview"] = Reaches,
        ["functools.partial"] = Code, ["functools.partialmethod"] = Code, ["functools.reduce"] = Code,
        ["operator.attrgetter"] = Reaches, ["operator.itemgetter"] = Reaches, ["operator.methodcaller"] = Reaches, ["operator.call"] = Code,
        ["_operator.attrgetter"] = Reaches, ["_operator.itemgetter"] = Reaches, ["_operator.methodcaller"] = Reaches, ["_operator.call"] = Code,
        ["types.CodeType"] = Code, ["types.FunctionType"] = Code, ["types.LambdaType"] = Code, ["types.MethodType"] = Code, ["types.DynamicClassAttribute"] = Code,
        ["types.new_class"] = Code, ["copyreg.add_extension"] = Interpreter, ["copyreg.pickle"] = Interpreter, ["copyreg.constructor"] = Interpreter,
        ["logging.FileHandler"] = Files, ["pathlib.os"] = Commands, ["typing.get_type_hints"] = Code, ["typing.ForwardRef"] = Code,
        ["uuid._get_command_stdout"] = Commands, ["uuid._popen"] = Commands, ["getpass.getpass"] = Files, ["dataclasses.make_dataclass"] = Code,
        ["collections.namedtuple"] = Code, ["weakref.finalize"] = Code, ["contextlib.ExitStack"] = Code, ["itertools.starmap"] = Code, ["itertools.accumulate"] = Code,
        ["torch.load"] = Unpickles, ["torch.jit.load"] = Code, ["torch.jit.script"] = Code, ["torch.jit.trace"] = Code, ["torch.save"] = Files, ["torch.compile"] = Code, ["torch.from_file"] = Files, ["torch.classes"] = Native,
        ["torch.serialization.load"] = Unpickles, ["torch.serialization._load"] = Unpickles, ["torch.serialization._legacy_load"] = Unpickles,
        ["torch.serialization.save"] = Files, ["torch.storage._load_from_bytes"] = Unpickles, ["torch._utils._import_dotted_name"] = Imports,
        ["torch.autograd.profiler.load_nvprof"] = Files, ["torch.cuda.memory._dump_snapshot"] = Files,
        ["numpy.load"] = Unpickles, ["numpy.lib.npyio.load"] = Unpickles, ["numpy.lib._npyio_impl.load"] = Unpickles, ["numpy.save"] = Files, ["numpy.savez"] = Files,
        ["numpy.fromfile"] = Files, ["numpy.loadtxt"] = Files, ["numpy.genfromtxt"] = Files, ["numpy.memmap"] = Files, ["numpy.fromregex"] = Files,
        ["numpy.core.multiarray.fromfile"] = Files, ["numpy.vectorize"] = Code, ["numpy.apply_along_axis"] = Code,
        ["joblib.load"] = Unpickles, ["joblib.numpy_pickle.load"] = Unpickles, ["joblib.numpy_pickle.load_temporary_memmap"] = Unpickles,
        ["pandas.read_pickle"] = Unpickles, ["pandas.io.pickle.read_pickle"] = Unpickles, ["pandas.read_csv"] = Network, ["pandas.eval"] = Code,
        ["mlflow.projects.backend.local._run_entry_point"] = Commands, ["sympy.sympify"] = Code, ["sklearn.datasets.fetch_openml"] = Network,
        ["keras.models.load_model"] = Code, ["tensorflow.io.read_file"] = Files, ["tensorflow.io.write_file"] = Files, ["nltk.grammar.load"] = Files,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> NotForAttributes = Modules.Keys.Concat(["builtins", "eval", "exec", "getattr", "system"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What importing a name would do, as the end of a sentence: also for one whose use alone made it dangerous.</summary>
    public static string EffectOf(string name)
        => name.LastIndexOf('.') is > 0 and var dot && Effect(name[..dot], name[(dot + 1)..]) is { } effect ? effect : "can run code";

    /// <summary>Whether no configuration may allow the name. The one use of getattr that honest files know is unknown, and not dangerous.</summary>
    public static bool IsForbidden(string name)
        => name != PickleMachine.GetAttribute && name.LastIndexOf('.') is > 0 and var dot && Effect(name[..dot], name[(dot + 1)..]) is not null;

    /// <summary>What importing the name would make possible, or null where it is not known to be dangerous.</summary>
    public static string? Effect(string module, string member)
    {
        var root = module.AsSpan(0, module.IndexOf('.', StringComparison.Ordinal) is var dot && dot < 0 ? module.Length : dot).ToString();
        if (Modules.TryGetValue(root, out var effect))
        {
            return effect;
        }

        if (Names.TryGetValue($"{module}.{member}", out effect))
        {
            return effect;
        }

        for (var end = module.Length; end > 0; end = module.LastIndexOf('.', end - 1))
        {
            if (SubModules.TryGetValue(module[..end], out effect))
            {
                return effect;
            }
        }

        // A module taken out of another one: `torch os`, `shutil os.system`, `numpy __builtins__`.
        return member.Split('.').Any(part => NotForAttributes.Contains(part) || part is "__builtins__" or "__globals__" or "__subclasses__" or "__dict__" or "__class__" or "__import__")
            ? Reaches
            : null;
    }
}
