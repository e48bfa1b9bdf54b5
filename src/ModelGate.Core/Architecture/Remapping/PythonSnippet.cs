namespace ModelGate.Architecture.Remapping;

/// <summary>A mapping file for those who load the checkpoint with PyTorch: a dozen lines that carry out its operations.</summary>
internal static class PythonSnippet
{
    /// <summary>The lines; names stay in the mapping file, so that nothing from a file becomes code.</summary>
    public static string Text => """
        import json, torch
        def remap(state, path):
            m, made = json.load(open(path)), {}
            for e in m["mapping"]:
                made.setdefault(e["to"], []).append(e)
            used = {e["from"] for e in m["mapping"]}
            out = {k: v for k, v in state.items() if k not in used}
            for to, es in made.items():
                if to is None: continue
                e, t = es[0], [state[e["from"]] for e in es]
                op = e.get("operation", "copy")
                if op == "copy": out[to] = t[0]
                elif op == "fold":
                    kept = [d for d in range(t[1].dim()) if t[0].dim() and t[0].shape[d] != 1]
                    out[to] = t[1] * (t[0] / t[1].norm(dim=[d for d in range(t[1].dim()) if d not in kept], keepdim=True))
                elif op == "magnitude":
                    out[to] = t[0].norm(dim=[d for d in range(t[0].dim()) if not e["shape"] or e["shape"][d] == 1], keepdim=True).reshape(e["shape"])
                elif op == "merge-adapter": out[to] = t[2] + m["adapterScale"] * (t[1].flatten(1) @ t[0].flatten(1)).view_as(t[2])
                elif op == "permute": out[to] = t[0].permute(e["numbers"]).contiguous()
                elif op == "reshape": out[to] = t[0].reshape(e["shape"])
                elif op == "concatenate": out[to] = torch.cat(t)
                elif op == "slice": out[to] = t[0][e["numbers"][0]:e["numbers"][0] + e["shape"][0]].clone()
            return out
        """;
}
