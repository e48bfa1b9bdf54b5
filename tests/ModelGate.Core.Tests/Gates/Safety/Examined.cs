using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Readers;

namespace ModelGate.Tests.Gates;

/// <summary>Files as a gate of safety sees them: read, or refused with what was found.</summary>
internal static class Examined
{
    public static ExaminedFile File(byte[] bytes, string name = "m.pth")
    {
        try
        {
            return new ExaminedFile(name, ArtifactReaders.Read(new MemoryByteSource(bytes), new ReadBudget(ReadLimits.Default)), null);
        }
        catch (ArtifactFault fault)
        {
            return new ExaminedFile(name, null, fault);
        }
    }

    public static RoleFile InRole(byte[] bytes, string name = "m.pth")
    {
        var file = File(bytes, name);
        return new RoleFile(name, bytes.Length, default, file.Content, file.Fault?.Sentence ?? SafeText.Empty) { Fault = file.Fault };
    }
}
