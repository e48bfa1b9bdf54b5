namespace Microsoft.Build.Framework;

/// <summary>Tells a multithreaded MSBuild that the task may run beside others in one process. MSBuild knows it by its name.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
