using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.Onnx;

/// <summary>Reads the initializers of an ONNX model, dense, sparse and external, and what it says about itself. The graph is walked for its operators only.</summary>
/// <remarks>The schema: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Tensors stay in the file until somebody asks for elements.</remarks>
[Reader(ReaderAttribute.ByStructure + 10)]
internal sealed class OnnxReader : ArtifactReader
{
    private const int MostVersion = 63;

    /// <inheritdoc/>
    public override string Format => "onnx";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        // Protocol buffers have no signature. Every writer begins with the IR version (field 1, a small number); what follows must be
        // fields of a model, up to its graph or as far as the head goes.
        if (head is not [0x08, > 0 and <= MostVersion, _, ..])
        {
            return false;
        }

        for (var at = 2; at < head.Length;)
        {
            var tag = head[at];
            switch (tag)
            {
                case 0x28:
                    for (at++; at < head.Length && (head[at] & 0x80) != 0; at++)
                    {
                    }

                    at++;
                    break;
                case 0x3A:
                    return true;
                case 0x12 or 0x1A or 0x22 or 0x32 or 0x42 or 0x72:
                    var (length, size) = Length(head[(at + 1)..]);
                    var body = at + 1 + size;

                    // Submessages begin with their own first or second field.
                    if (size == 0 || (tag is 0x42 or 0x72 && length > 0 && body < head.Length && head[body] is not (0x0A or 0x10 or 0x12)))
                    {
                        return false;
                    }

                    at = (int)Math.Min(body + length, int.MaxValue);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var reader = new WireReader(source, budget);
        var model = new OnnxModel(reader, new OnnxTensors(source, new SiblingFiles(request.Folder, FaultReason.ExternalData, budget), budget), budget);
        return model.Read(Format);
    }

    private static (long Length, int Size) Length(ReadOnlySpan<byte> bytes)
    {
        var value = 0L;
        for (var i = 0; i < Math.Min(bytes.Length, 5); i++)
        {
            value |= (long)(bytes[i] & 0x7F) << (7 * i);
            if ((bytes[i] & 0x80) == 0)
            {
                return (value, i + 1);
            }
        }

        return (0, 0);
    }
}
