using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ModelGate.Gates;

namespace ModelGate.Tests;

/// <summary>The four sentences of docs/architecture.md, and who may know whom.</summary>
public class HouseRulesTests
{
    private static readonly string[] Rooms = ["Faults", "Bytes", "Artifacts", "Runs", "ModelRuns", "Syntax", "Readers", "Trainers", "Signals", "Architecture", "Gates", "Configuration", "Evaluation", "Reports"];

    private static readonly ArchUnitNET.Domain.Architecture Core = new ArchLoader().LoadAssemblies(typeof(Gate).Assembly).Build();

    public static TheoryData<string> EveryRoom => [.. Rooms];

    [Theory]
    [MemberData(nameof(EveryRoom))]
    public void Lets_a_room_use_only_those_before_it(string room)
    {
        var later = Rooms.SkipWhile(r => r != room).Skip(1).Select(r => "ModelGate." + r).ToArray();

        TypesIn(room).SelectMany(type => type.Dependencies
                // The serialiser's contexts have generic methods of equal names, which are taken for one another.
                .Where(d => later.Any(l => IsIn(d.Target, l)) && !d.Target.FullName.Contains("TryGetTypeInfoForRuntimeCustomConverter", StringComparison.Ordinal))
                .Select(d => $"{type.FullName} uses {d.Target.FullName}"))
            .Distinct().Should().BeEmpty();
    }

    [Fact]
    public void Has_every_type_in_a_room()
        => Core.Types.Where(t => t.Assembly.Name.StartsWith("ModelGate.Core", StringComparison.Ordinal) && t.FullName.StartsWith("ModelGate.", StringComparison.Ordinal))
            .Where(t => t.FullName != typeof(SafeText).FullName && !t.FullName.StartsWith(typeof(SafeText).FullName + "+", StringComparison.Ordinal))
            .Select(t => t.Namespace.FullName.Split('.').ElementAtOrDefault(1) ?? t.FullName).Distinct().Should().BeSubsetOf(Rooms);

    [Fact]
    public void Has_readers_that_know_no_path()
        => TypesIn("Readers").Where(t => t.Name is not ("FileByteSource" or "UnixOpen"))
            .SelectMany(Uses("System.IO.File", "System.IO.Path", "System.IO.Directory", "System.IO.FileInfo", "System.IO.FileStream")).Should().BeEmpty();

    [Theory]
    [InlineData("Signals")]
    [InlineData("Gates")]
    [InlineData("Reports")]
    public void Has_rooms_that_open_no_file(string room)
        => TypesIn(room).SelectMany(Uses("System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.FileStream")).Should().BeEmpty();

    [Fact]
    public void Never_speaks_to_a_console_starts_a_process_or_opens_a_connection()
        => Rooms.SelectMany(TypesIn).SelectMany(t => Uses("System.Console", "System.Diagnostics.Process")(t)
                .Concat(t.Dependencies.Where(d => d.Target.FullName.StartsWith("System.Net.", StringComparison.Ordinal)).Select(d => $"{t.FullName} uses {d.Target.FullName}")))
            .Should().BeEmpty();

    [Fact]
    public void Never_turns_a_name_into_code()
        => Rooms.SelectMany(TypesIn).SelectMany(t => t.Dependencies
                .OfType<ArchUnitNET.Domain.Dependencies.MethodCallDependency>()
                .Where(d => d.TargetMember.FullName is { } name && (name.Contains("System.Type::GetType(", StringComparison.Ordinal)
                    || name.Contains("System.Activator::", StringComparison.Ordinal)
                    || name.Contains("System.Reflection.Assembly::Load", StringComparison.Ordinal)))
                .Select(d => $"{t.FullName} calls {d.TargetMember.FullName}"))
            .Should().BeEmpty();

    [Fact]
    public void Keeps_libtorch_and_MSBuild_out_of_Core()
        => typeof(Gate).Assembly.GetReferencedAssemblies().Select(a => a.Name).Should()
            .NotContain(n => n!.StartsWith("TorchSharp", StringComparison.Ordinal) || n.StartsWith("Microsoft.Build", StringComparison.Ordinal) || n.StartsWith("Spectre", StringComparison.Ordinal));

    private static IEnumerable<IType> TypesIn(string room) => Core.Types.Where(t => IsIn(t, "ModelGate." + room));

    private static bool IsIn(IType type, string space)
        => type.Namespace?.FullName is { } name && (name == space || name.StartsWith(space + ".", StringComparison.Ordinal));

    private static Func<IType, IEnumerable<string>> Uses(params string[] names)
        => type => type.Dependencies.Where(d => names.Contains(d.Target.FullName, StringComparer.Ordinal)).Select(d => $"{type.FullName} uses {d.Target.FullName}").Distinct();
}
