using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>Python's own data classes and the contracts of their constructors.</summary>
internal static class PythonCalls
{
    private static readonly string[] Factories =
        ["builtins.list", "builtins.dict", "builtins.set", "builtins.int", "builtins.float", "builtins.str", "builtins.bool", "builtins.tuple",
         "collections.OrderedDict", "collections.Counter", "collections.deque"];

    /// <summary>The names.</summary>
    public static IEnumerable<KeyValuePair<string, AllowedGlobal>> All { get; } = new Dictionary<string, AllowedGlobal>
    {
        ["collections.OrderedDict"] = new() { Call = OrderedDict, New = call => Empty(call, new PickleDict(call.Budget, "OrderedDict")) },
        ["collections.defaultdict"] = new() { Call = DefaultDict },
        ["collections.Counter"] = new() { Call = Counter },
        ["collections.deque"] = new() { Call = Deque },
        ["builtins.set"] = new() { Call = call => Set(call, "set") },
        ["builtins.frozenset"] = new() { Call = call => Set(call, "frozenset") },
        ["builtins.complex"] = new() { Call = Complex },
        ["builtins.bytearray"] = new() { Call = ByteArray },
        ["builtins.bytes"] = new() { Call = call => call.Arguments.Length == 0 ? new PickleBytes([]) : throw call.Bad("nothing") },
        ["builtins.range"] = new() { Call = call => Integers(call, 1, 3) },
        ["builtins.slice"] = new() { Call = Slice },
        ["builtins.list"] = new(),
        ["builtins.dict"] = new(),
        ["builtins.tuple"] = new(),
        ["builtins.int"] = new(),
        ["builtins.float"] = new(),
        ["builtins.str"] = new(),
        ["builtins.bool"] = new(),
        ["_codecs.encode"] = new() { Call = Encode },
        ["datetime.datetime"] = new() { Call = call => Date(call, 10) },
        ["datetime.date"] = new() { Call = call => Date(call, 4) },
        ["datetime.time"] = new() { Call = call => Date(call, 6) },
        ["datetime.timedelta"] = new() { Call = call => Integers(call, 3, 3) },
        ["datetime.timezone"] = new() { Call = TimeZone },
        ["decimal.Decimal"] = new() { Call = call => Texts(call, 1, 1) },
        ["pathlib.PurePath"] = new() { Call = call => Texts(call, 0, int.MaxValue) },
        ["pathlib.PurePosixPath"] = new() { Call = call => Texts(call, 0, int.MaxValue) },
        ["pathlib.PureWindowsPath"] = new() { Call = call => Texts(call, 0, int.MaxValue) },
        ["pathlib.PosixPath"] = new() { Call = call => Texts(call, 0, int.MaxValue) },
        ["pathlib.WindowsPath"] = new() { Call = call => Texts(call, 0, int.MaxValue) },
        ["argparse.Namespace"] = new() { New = call => Empty(call, new PickleObject(call.Target, PickleTuple.Empty)) },
    };

    private static T Empty<T>(PickleCall call, T value)
    {
        call.Require(call.Arguments.Length == 0, "nothing");
        return value;
    }

    private static PickleDict OrderedDict(PickleCall call)
    {
        const string Expected = "nothing or a list of pairs";
        var dict = new PickleDict(call.Budget, "OrderedDict");
        call.Require(call.Arguments.Length <= 1, Expected);
        if (call.Arguments is [var items])
        {
            foreach (var item in call.Sequence(items, Expected))
            {
                // Python 2 wrote the items as lists of two.
                var pair = call.Sequence(item, Expected);
                call.Require(pair.Count == 2 && PickleKeys.IsHashable(pair[0]), Expected);
                dict.Set(pair[0], pair[1]);
            }
        }

        return dict;
    }

    private static PickleDict DefaultDict(PickleCall call)
    {
        const string Expected = "None or a plain data class";
        call.Require(call.Arguments.Length <= 1, Expected);
        if (call.Arguments is [var factory] && factory is not PickleNone)
        {
            call.Require(factory is PickleGlobal global && Factories.Contains(global.Name, StringComparer.Ordinal), Expected);
        }

        return new PickleDict(call.Budget, "defaultdict");
    }

    private static PickleDict Counter(PickleCall call)
    {
        const string Expected = "nothing or a dict";
        var counter = new PickleDict(call.Budget, "Counter");
        call.Require(call.Arguments.Length <= 1, Expected);
        if (call.Arguments is [var given])
        {
            foreach (var (key, value) in call.Argument<PickleDict>(0, Expected).Entries)
            {
                counter.Set(key, value);
            }
        }

        return counter;
    }

    private static PickleList Deque(PickleCall call)
    {
        const string Expected = "items and a length";
        var deque = new PickleList(call.Budget, "deque");
        call.Require(call.Arguments.Length <= 2, Expected);
        if (call.Arguments.Length > 0)
        {
            foreach (var item in call.Sequence(call.Arguments[0], Expected))
            {
                deque.Add(item);
            }
        }

        call.Require(call.Arguments.Length < 2 || call.Arguments[1] is PickleInt or PickleNone, Expected);
        return deque;
    }

    private static PickleSet Set(PickleCall call, string kind)
    {
        const string Expected = "nothing or a list of hashable values";
        var set = new PickleSet(call.Budget, kind);
        call.Require(call.Arguments.Length <= 1, Expected);
        if (call.Arguments is [var items])
        {
            foreach (var item in call.Sequence(items, Expected))
            {
                call.Require(PickleKeys.IsHashable(item), Expected);
                set.Add(item);
            }
        }

        return set;
    }

    private static PickleOpaque Complex(PickleCall call)
    {
        call.Require(call.Arguments.Length == 2 && call.Arguments.All(a => a is PickleFloat), "two floats");
        return new PickleOpaque("complex");
    }

    private static PickleBytes ByteArray(PickleCall call)
    {
        const string Expected = "nothing, bytes, or text in latin1";
        return call.Arguments switch
        {
            [] => new PickleBytes([]),
            [PickleBytes bytes] => bytes,
            [PickleText text, PickleText { Value: "latin-1" or "latin1" }] => new PickleBytes(Latin1(call, text.Value)),
            _ => throw call.Bad(Expected),
        };
    }

    private static PickleBytes Encode(PickleCall call) => call.Arguments switch
    {
        [PickleText text, PickleText { Value: "latin1" }] => new PickleBytes(Latin1(call, text.Value)),
        _ => throw call.Bad("a text and the codec latin1"),
    };

    private static byte[] Latin1(PickleCall call, string text)
    {
        call.Budget.Keep(text.Length);
        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            call.Require(text[i] <= 0xFF, "a text within latin1");
            bytes[i] = (byte)text[i];
        }

        return bytes;
    }

    private static PickleOpaque Integers(PickleCall call, int least, int most)
    {
        call.Require(
            call.Arguments.Length >= least && call.Arguments.Length <= most && call.Arguments.All(a => a is PickleInt or PickleBigInt), "integers");
        return new PickleOpaque(call.Target.Member);
    }

    private static PickleOpaque Slice(PickleCall call)
    {
        call.Require(
            call.Arguments.Length is >= 1 and <= 3 && call.Arguments.All(a => a is PickleInt or PickleBigInt or PickleNone), "integers or None");
        return new PickleOpaque("slice");
    }

    private static PickleOpaque Texts(PickleCall call, int least, int most)
    {
        call.Require(call.Arguments.Length >= least && call.Arguments.Length <= most && call.Arguments.All(a => a is PickleText), "texts");
        return new PickleOpaque(call.Target.Name);
    }

    private static PickleOpaque Date(PickleCall call, int length)
    {
        const string Expected = "its packed bytes and perhaps a time zone";
        call.Require(call.Arguments.Length is 1 or 2 && (call.Arguments.Length == 1 || call.Arguments[1] is PickleOpaque { Kind: "datetime.timezone" }), Expected);
        call.Require(call.Arguments[0] is PickleBytes { Value.Length: var bytes } ? bytes == length : call.Arguments[0] is PickleText text && text.Value.Length == length, Expected);
        return new PickleOpaque(call.Target.Name);
    }

    private static PickleOpaque TimeZone(PickleCall call)
    {
        call.Require(
            call.Arguments.Length is 1 or 2 && call.Arguments[0] is PickleOpaque { Kind: "timedelta" } && (call.Arguments.Length == 1 || call.Arguments[1] is PickleText),
            "a timedelta and perhaps a name");
        return new PickleOpaque("datetime.timezone");
    }
}
