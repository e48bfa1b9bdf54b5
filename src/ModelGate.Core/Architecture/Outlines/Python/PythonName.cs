using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ModelGate.Architecture.Outlines.Python;

/// <summary>Names of a file in Python code: as an identifier where it is beyond doubt one, else as a literal of which every doubtful character is escaped.</summary>
internal static partial class PythonName
{
    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
        "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ], StringComparer.Ordinal);

    // The attributes of nn.Module, nn.ModuleList and nn.ModuleDict of PyTorch 1.13 to 2.9: a module does not take them for names.
    private static readonly FrozenSet<string> Attributes = FrozenSet.ToFrozenSet(
    [
        "T_destination", "_apply", "_backward_hooks", "_backward_pre_hooks", "_buffers", "_call_impl", "_compiled_call_impl", "_forward_hooks", "_forward_hooks_always_called",
        "_forward_hooks_with_kwargs", "_forward_pre_hooks", "_forward_pre_hooks_with_kwargs", "_get_abs_string_index", "_get_backward_hooks", "_get_backward_pre_hooks", "_get_name",
        "_is_full_backward_hook", "_load_from_state_dict", "_load_state_dict_post_hooks", "_load_state_dict_pre_hooks", "_maybe_warn_non_full_backward_hook", "_modules",
        "_named_members", "_non_persistent_buffers_set", "_parameters", "_register_load_state_dict_pre_hook", "_register_state_dict_hook", "_replicate_for_data_parallel",
        "_save_to_state_dict", "_slow_forward", "_state_dict_hooks", "_state_dict_pre_hooks", "_version", "_wrapped_call_impl", "add_module", "append", "apply", "bfloat16",
        "buffers", "call_super_init", "children", "clear", "compile", "cpu", "cuda", "double", "dump_patches", "eval", "extend", "extra_repr", "float", "forward", "get_buffer",
        "get_extra_state", "get_parameter", "get_submodule", "half", "insert", "ipu", "items", "keys", "load_state_dict", "modules", "mtia", "named_buffers", "named_children",
        "named_modules", "named_parameters", "parameters", "pop", "register_backward_hook", "register_buffer", "register_forward_hook", "register_forward_pre_hook",
        "register_full_backward_hook", "register_full_backward_pre_hook", "register_load_state_dict_post_hook", "register_load_state_dict_pre_hook", "register_module",
        "register_parameter", "register_state_dict_post_hook", "register_state_dict_pre_hook", "requires_grad_", "set_extra_state", "set_submodule", "share_memory", "state_dict",
        "to", "to_empty", "train", "training", "type", "update", "values", "xpu", "zero_grad",
    ], StringComparer.Ordinal);

    /// <summary>Whether <c>self.NAME = ...</c> in a module's class names the attribute NAME: no keyword, nothing that Python or PyTorch changes or takes.</summary>
    public static bool IsAttribute(string name)
        => Identifier().IsMatch(name) && !name.StartsWith("__", StringComparison.Ordinal) && !Keywords.Contains(name) && IsFree(name);

    /// <summary>Whether a module takes the name as a string.</summary>
    public static bool IsFree(string name) => name.Length > 0 && !(name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal)) && !Attributes.Contains(name);

    /// <summary>A name as a literal between double quotes: ASCII alone, nothing that ends it and nothing that a terminal or a build server obeys.</summary>
    public static string Literal(string name)
    {
        var text = new StringBuilder(name.Length + 2).Append('"');
        for (var i = 0; i < name.Length; i++)
        {
            var character = name[i];
            if (char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or ' ' or ':' or '+' or '=' or '(' or ')' or '[' or ']')
            {
                text.Append(character);
            }
            else if (char.IsSurrogatePair(name, i))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(name, i++):x8}");
            }
            else
            {
                _ = character < 0x100 ? text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}") : text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return text.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
