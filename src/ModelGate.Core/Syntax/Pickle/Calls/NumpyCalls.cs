using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>NumPy's arrays, scalars and types, under the names of before and after NumPy 2.</summary>
internal static class NumpyCalls
{
    /// <summary>The names.</summary>
    public static IEnumerable<KeyValuePair<string, AllowedGlobal>> All { get; } = new Dictionary<string, AllowedGlobal>
    {
        ["numpy.dtype"] = new() { Call = Type },
        ["numpy.ndarray"] = new(),
        ["numpy.core.multiarray._reconstruct"] = new() { Call = Reconstruct },
        ["numpy._core.multiarray._reconstruct"] = new() { Call = Reconstruct },
        ["numpy.core.multiarray.scalar"] = new() { Call = Scalar },
        ["numpy._core.multiarray.scalar"] = new() { Call = Scalar },
        ["numpy.core.numeric._frombuffer"] = new() { Call = FromBuffer },
        ["numpy._core.numeric._frombuffer"] = new() { Call = FromBuffer },
    };

    /// <summary>The state of a type: <c>(3, '&lt;', None, None, None, -1, -1, 0)</c>.</summary>
    public static void BuildType(PickleCall call, PickleNumpyType type, PickleValue state)
    {
        const string Expected = "the state of a plain NumPy type";
        call.Require(!type.Built && state is PickleTuple { Items.Length: >= 5 and <= 9 }, Expected);
        var items = ((PickleTuple)state).Items;
        call.Require(items[0] is PickleInt && items[1] is PickleText { Value: "<" or ">" or "|" or "=" }, Expected);
        // Sub-arrays, names and fields of a structured type stand in the middle: objects may hide among them.
        if (items[2] is not PickleNone || items[3] is not PickleNone || items[4] is not PickleNone)
        {
            call.Log.Raise("numpy.dtype", GlobalVerdict.Unknown);
        }

        type.BigEndian = items[1] is PickleText { Value: ">" };
        type.Built = true;
    }

    /// <summary>The state of an array: version, sizes, type, whether Fortran's order, and the bytes.</summary>
    public static void BuildArray(PickleCall call, PickleNumpyArray array, PickleValue state)
    {
        const string Expected = "the state of an array";
        call.Require(array.Type is null && state is PickleTuple { Items.Length: 5 }, Expected);
        var items = ((PickleTuple)state).Items;
        call.Require(items[0] is PickleInt && items[2] is PickleNumpyType && items[3] is PickleBool or PickleInt, Expected);
        Fill(call, array, (PickleNumpyType)items[2], items[1], items[3] is PickleBool { Value: true } or PickleInt { Value: not 0 }, items[4]);
    }

    private static PickleNumpyType Type(PickleCall call)
    {
        const string Expected = "a type's code and two flags";
        call.Require(call.Arguments.Length is >= 1 and <= 3 && call.Arguments.Skip(1).All(a => a is PickleBool or PickleInt), Expected);
        var code = call.Argument<PickleText>(0, Expected).Value;
        if (code is "O8" or "O4" or "O")
        {
            // Such an array is a list of anything at all.
            call.Log.Raise(call.Target.Name, GlobalVerdict.Unknown);
        }
        else
        {
            call.Require(code.Length <= 16 && NumpyTypes.ItemSize(code) > 0 || code is "U0" or "S0" or "V0", "the code of a plain type");
        }

        return new PickleNumpyType(code);
    }

    private static PickleNumpyArray Reconstruct(PickleCall call)
    {
        call.Require(
            call.Arguments is [PickleGlobal { Name: "numpy.ndarray" }, PickleTuple { Items: [PickleInt { Value: 0 }] }, PickleBytes { Value: [(byte)'b'] } or PickleText { Value: "b" }],
            "(ndarray, (0,), b'b')");
        return new PickleNumpyArray();
    }

    private static PickleNumpyArray Scalar(PickleCall call)
    {
        const string Expected = "a type and its bytes";
        call.Require(call.Arguments.Length == 2, Expected);
        var array = new PickleNumpyArray();
        Fill(call, array, call.Argument<PickleNumpyType>(0, Expected), PickleTuple.Empty, false, call.Arguments[1]);
        return array;
    }

    private static PickleNumpyArray FromBuffer(PickleCall call)
    {
        const string Expected = "(bytes, type, size, order)";
        call.Require(call.Arguments is [PickleBytes, PickleNumpyType, PickleTuple, PickleText { Value: "C" or "F" }, ..] && call.Arguments.Length <= 5, Expected);
        call.Require(call.Arguments.Length == 4 || call.Arguments[4] is PickleNone or PickleTuple or PickleList, Expected);
        var array = new PickleNumpyArray();
        Fill(call, array, (PickleNumpyType)call.Arguments[1], call.Arguments[2], call.Arguments[3] is PickleText { Value: "F" }, call.Arguments[0]);
        return array;
    }

    private static void Fill(PickleCall call, PickleNumpyArray array, PickleNumpyType type, PickleValue size, bool fortran, PickleValue content)
    {
        var shape = TorchGeometry.Numbers(call, size, "the sizes of an array");
        var elements = TorchGeometry.Elements(call, shape);
        (array.Type, array.Shape, array.Fortran) = (type, shape, fortran);
        if (type.Code[0] == 'O')
        {
            return;
        }

        // Python 2 wrote bytes as text.
        call.Budget.Keep(content is PickleText { Value.Length: var length } ? length : 0);
        var bytes = content switch
        {
            PickleBytes raw => raw.Value,
            PickleText text => System.Text.Encoding.UTF8.GetBytes(text.Value),
            _ => throw call.Bad("bytes"),
        };
        call.Require((Int128)elements * NumpyTypes.ItemSize(type.Code) == bytes.Length, "as many bytes as its sizes say");
        array.Bytes = bytes;
    }
}
