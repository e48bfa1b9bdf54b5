namespace ModelGate.Architecture.Families;

/// <summary>A configuration that an export carries beside its weights.</summary>
/// <param name="At">Its path among the checkpoint's scalars.</param>
/// <param name="Items">How many items it has where it is a list of fixed places; null where it is not.</param>
internal sealed record CarriedConfiguration(string At, int? Items);
