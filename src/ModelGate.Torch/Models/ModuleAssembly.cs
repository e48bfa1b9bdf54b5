using System.Reflection;
using System.Runtime.Loader;
using TorchSharp;

namespace ModelGate.Torch.Models;

/// <summary>An assembly of the user with the ones that it needs from its own folder. TorchSharp is ours: a second copy of libtorch in one process would end it.</summary>
internal sealed class ModuleAssembly : AssemblyLoadContext
{
    private static readonly Assembly[] Shared = [typeof(torch).Assembly];

    private readonly AssemblyDependencyResolver resolver;

    private ModuleAssembly(string path)
        : base(Path.GetFileName(path)) => resolver = new AssemblyDependencyResolver(path);

    /// <summary>Loads an assembly, and finds a module in it.</summary>
    /// <exception cref="ModelException">It is no assembly, or has no such module.</exception>
    public static Type FindModule(string path, string name)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new ModelException(SafeText.Of($"there is no assembly {path}"));
        }

        Assembly assembly;
        try
        {
            assembly = new ModuleAssembly(path).LoadFromAssemblyPath(path);
        }
        catch (Exception fault) when (fault is BadImageFormatException or FileLoadException or FileNotFoundException or InvalidOperationException)
        {
            throw new ModelException(SafeText.Of($"{file} is not an assembly that .NET loads"));
        }

        var type = Find(assembly, name);
        if (type is null)
        {
            var modules = ModulesOf(assembly);
            throw new ModelException(SafeText.Of($"{file} has no type {name}; {(modules.Count == 0 ? SafeText.Of($"it has no TorchSharp module") : SafeText.Of($"its modules are {string.Join(", ", modules.Take(10))}"))}"));
        }

        if (!typeof(torch.nn.Module).IsAssignableFrom(type))
        {
            throw new ModelException(SafeText.Of($"{name} of {file} is not a TorchSharp module: it does not derive from torch.nn.Module"));
        }

        return type.IsAbstract || type.ContainsGenericParameters ? throw new ModelException(SafeText.Of($"{name} of {file} is abstract or generic, and cannot be instantiated")) : type;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared.FirstOrDefault(s => s.GetName().Name == assemblyName.Name) is { } shared)
        {
            return shared;
        }

        return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    // Without a fault a type whose own parts are missing would look like one that is not there.
    private static Type? Find(Assembly assembly, string name)
    {
        try
        {
            return assembly.GetType(name, throwOnError: true);
        }
        catch (TypeLoadException)
        {
            return null;
        }
    }

    private static List<string> ModulesOf(Assembly assembly)
    {
        Type?[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException fault)
        {
            types = fault.Types;
        }

        return [.. types.OfType<Type>().Where(t => typeof(torch.nn.Module).IsAssignableFrom(t) && !t.IsAbstract).Select(t => t.FullName!).Order(StringComparer.Ordinal)];
    }
}
