#!/usr/bin/python3
"""Holds ModelGate against PyTorch and NumPy on generated and broken files.

Every file is read three times: by torch.load with an unpickler that imports nothing, by torch.load(weights_only=True), and by ModelGate. They must
see the same imports and the same tensors (names, types, shapes, values), or ModelGate must not pass the file. Arrays are held against numpy.load.

    dotnet build -c Release tests/ModelGate.Fuzz
    tests/ModelGate.Fuzz/differential.py --minutes 60
    tests/ModelGate.Fuzz/differential.py --seed 7 --count 1000 --keep /tmp/finds

It needs PyTorch and NumPy (Debian: python3-torch), and Linux. Each file is loaded in a process of its own, which has no network, little memory and a few
seconds, and whose unpickler returns inert classes for every name that is not on the list REAL below. A find is written to the folder of --keep, with
what each side saw; the exit code is then 1. The same seed makes the same files.
"""

import argparse
import collections
import contextlib
import ctypes
import hashlib
import io
import json
import os
import pathlib
import pickle
import pickletools
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
import zlib

import _compat_pickle
import numpy
import torch

HERE = pathlib.Path(__file__).resolve().parent
MOST_HASHED = 1 << 20
BATCH = 64
SECONDS = 10
MEMORY = 3 << 30

# ---------------------------------------------------------------------------------------------------------------------
# What PyTorch sees
# ---------------------------------------------------------------------------------------------------------------------

# Names that build plain data: these are what they are in PyTorch. Every other name becomes an inert class.
REAL = {
    f"torch._utils.{name}"
    for name in (
        "_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor "
        "_rebuild_sparse_tensor _rebuild_meta_tensor_no_storage _rebuild_wrapper_subclass _rebuild_device_tensor_from_numpy"
    ).split()
} | set(
    "torch._tensor._rebuild_from_type_v2 torch.nn.parameter.Parameter torch.Tensor torch.Size torch.device torch.serialization._get_layout "
    "torch.storage.UntypedStorage torch.storage.TypedStorage torch.UntypedStorage "
    "torch.per_tensor_affine torch.per_channel_affine torch.per_tensor_symmetric torch.per_channel_symmetric torch.per_channel_affine_float_qparams "
    "collections.OrderedDict collections.Counter collections.deque collections.defaultdict argparse.Namespace _codecs.encode "
    "builtins.set builtins.frozenset builtins.complex builtins.bytearray builtins.bytes builtins.range builtins.slice "
    "builtins.list builtins.dict builtins.tuple builtins.int builtins.float builtins.str builtins.bool "
    "numpy.dtype numpy.ndarray numpy.core.multiarray._reconstruct numpy.core.multiarray.scalar numpy.core.numeric._frombuffer "
    "datetime.date datetime.datetime datetime.time datetime.timedelta datetime.timezone decimal.Decimal "
    "pathlib.PurePath pathlib.PurePosixPath pathlib.PureWindowsPath".split()
)
REAL |= {f"torch.{name}" for name in dir(torch) if isinstance(getattr(torch, name), torch.dtype)}
REAL |= {f"torch.{name}" for name in dir(torch) if name.endswith("Tensor") and isinstance(getattr(torch, name), type(torch.FloatTensor))}


class Inert:
    """Stands for whatever a pickle imports that is not on the list: it can be called, built and filled, and does nothing."""

    def __new__(cls, *args, **named):
        return object.__new__(cls)

    def __init__(self, *args, **named):
        pass

    def __call__(self, *args, **named):
        return Inert()

    def __setstate__(self, state):
        pass

    def append(self, item):
        pass

    def extend(self, items):
        pass

    def add(self, item):
        pass

    def __setitem__(self, key, value):
        pass

    def __reduce_ex__(self, protocol):
        raise TypeError("inert")


class Recorder:
    """A pickle module for torch.load, whose unpickler notes each import and makes none that is not on the list."""

    HIGHEST_PROTOCOL = pickle.HIGHEST_PROTOCOL

    def __init__(self, base):
        self.names = set()
        recorder = self

        class Unpickler(base):
            def find_class(self, module, name):
                # The C unpickler keeps its protocol to itself: old names are settled in a second run, by Python's own.
                protocol = getattr(self, "proto", None)
                if protocol is None or protocol < 3:
                    module, name = python3(module, name)
                recorder.names.add(f"{module}.{name}")
                return recorder.resolve(module, name)

        self.Unpickler = Unpickler

    def load(self, file, **named):
        return self.Unpickler(file, **named).load()

    def loads(self, data, **named):
        return self.Unpickler(io.BytesIO(data), **named).load()

    @staticmethod
    def resolve(module, name):
        if f"{module}.{name}" in REAL:
            return getattr(sys.modules[module], name)
        return type("Inert", (Inert,), {})


def python3(module, name):
    if (module, name) in _compat_pickle.NAME_MAPPING:
        return _compat_pickle.NAME_MAPPING[(module, name)]
    return _compat_pickle.IMPORT_MAPPING.get(module, module), name


def key_text(key):
    """A key as ModelGate writes it in a path; None where the two need not agree."""
    if isinstance(key, str):
        return key.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if key is None or isinstance(key, (bool, int)):
        return str(key)
    return None


def tensors_in(root):
    """Every tensor that a user would reach through dicts, lists and tuples: [path, type, shape, digest]."""
    found, open_, depth = [], [("", root, ())], 0
    while open_:
        path, value, above = open_.pop()
        if isinstance(value, torch.Tensor):
            found.append([path, str(value.dtype).removeprefix("torch."), list(value.shape), digest(value)])
            continue
        if id(value) in above or len(above) > 200:
            continue
        if isinstance(value, argparse.Namespace):
            value = vars(value)
        if isinstance(value, dict):
            children = list(value.items())
        elif isinstance(value, (list, tuple)) and not isinstance(value, torch.Size):
            children = list(enumerate(value))
        else:
            continue
        for key, child in children:
            text = key_text(key)
            name = None if text is None or path is None else text if not above else f"{path}.{text}"
            open_.append((name, child, above + (id(value),)))
    return found


def digest(tensor):
    if tensor.numel() > MOST_HASHED or tensor.is_meta:
        return None
    tensor = tensor.detach()
    if tensor.is_quantized:
        tensor = tensor.int_repr()
    if tensor.layout != torch.strided:
        tensor = tensor.to_dense()
    flat = torch.empty(tensor.numel(), dtype=tensor.dtype)
    flat.copy_(tensor.resolve_conj().resolve_neg().reshape(-1))
    content = bytes(flat.view(torch.uint8).numpy()) if tensor.numel() else b""
    if tensor.dtype == torch.bool:
        content = bytes(byte != 0 for byte in content)
    return hashlib.sha256(content).hexdigest()


class Program(Exception):
    """The file is TorchScript, whose program torch.load would run."""


def refuse_program(*args, **named):
    raise Program()


def seen_by_torch(path):
    """What torch.load makes of a file."""
    torch.jit.load = refuse_program
    view = {"names": [], "tensors": None, "error": None, "weights_only": None}
    recorder = Recorder(pickle.Unpickler)
    # Texts of Python 2 that are not UTF-8 need another encoding, as ModelGate says of such a file.
    for encoding in ("utf-8", "latin1"):
        try:
            view["tensors"] = tensors_in(torch.load(path, map_location="cpu", pickle_module=recorder, encoding=encoding))
            view["error"] = None
            break
        except Program:
            view["error"] = "program"
            view["program"] = True
            break
        except UnicodeDecodeError as fault:
            view["error"] = f"UnicodeDecodeError: {str(fault)[:200]}"
        except Exception as fault:
            view["error"] = f"{type(fault).__name__}: {str(fault)[:200]}"
            break
    names = recorder.names
    if any(name.split(".")[0] in OLD_MODULES for name in names) or any(python3(*n.rsplit(".", 1)) != tuple(n.rsplit(".", 1)) for n in names if "." in n):
        # Which of the two names is meant depends on the protocol, which only Python's own unpickler shows.
        slow = Recorder(pickle._Unpickler)
        with contextlib.suppress(Exception):
            torch.load(path, map_location="cpu", pickle_module=slow)
        names = slow.names or names
    view["names"] = sorted(names)
    if view["tensors"] is not None:
        with contextlib.suppress(Exception):
            view["weights_only"] = tensors_in(torch.load(path, map_location="cpu", weights_only=True))
    return view


OLD_MODULES = {new.split(".")[0] for new in _compat_pickle.IMPORT_MAPPING.values()}


def array_digest(array_):
    if array_.dtype == bool:
        array_ = array_.view(numpy.uint8) != 0
    return hashlib.sha256(array_.astype(array_.dtype.newbyteorder("<")).tobytes()).hexdigest()


class UnpicklesAnArray(Exception):
    """numpy.load would hand the elements of an array to pickle."""


class NoPickle:
    UnpicklingError = pickle.UnpicklingError

    def load(self, *args, **named):
        raise UnpicklesAnArray()


def seen_by_numpy(path):
    """The arrays of a .npy or .npz; whether loading one of them would unpickle."""
    import numpy.lib.format as format_
    import numpy.lib.npyio as npyio

    format_.pickle = npyio.pickle = NoPickle()
    view = {"arrays": None, "error": None, "unpickles": False}
    try:
        loaded = numpy.load(path, allow_pickle=True)
        arrays = {}
        if isinstance(loaded, numpy.ndarray):
            arrays[""] = loaded
        else:
            for name in loaded.files:
                content = loaded[name]
                if isinstance(content, numpy.ndarray):
                    arrays[name] = content
        view["arrays"] = [
            [name, str(a.dtype), list(a.shape), None if a.dtype.char in "gG" else array_digest(a)]
            for name, a in arrays.items()
            if a.dtype.kind in "biufc" and a.dtype.names is None and a.dtype.char != "G"
        ]
    except UnpicklesAnArray:
        view["unpickles"] = True
    except Exception as fault:
        view["error"] = f"{type(fault).__name__}: {str(fault)[:200]}"
    return view


def in_child(work):
    """Runs work in a process without network, with little memory and time; None where it died."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            ctypes.CDLL(None).unshare(0x40000000 | (0 if os.geteuid() == 0 else 0x10000000))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            with open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), 2)
            answer = json.dumps(work()).encode()
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(answer)
            os._exit(0)
        except BaseException:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(answer) if answer and status == 0 else None


# ---------------------------------------------------------------------------------------------------------------------
# Generated files
# ---------------------------------------------------------------------------------------------------------------------

TYPES = [torch.float32, torch.float16, torch.bfloat16, torch.float64, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool, torch.complex64]
WORDS = ["weight", "bias", "model", "state_dict", "enc_p", "dec", "conv", "0", "1", "running_mean", "optimizer", "step", "lr", "info", "a.b", "", "ключ", "x y"]
PYTHON = [0, 1, -1, True, False, None, 1.5, float("inf"), "text", "", 2**40, 2**70, b"bytes", (1, 2), [1, [2]], {"a": 1}, 1 + 2j, {1, 2}, range(3)]


def tensor(r):
    kind = r.random()
    shape = [r.choice([0, 1, 2, 3, 5]) for _ in range(r.randrange(4))]
    type_ = r.choice(TYPES)
    made = torch.randint(0, 2 if type_ == torch.bool else 100, shape, generator=torch.Generator().manual_seed(r.randrange(2**31))).to(type_)
    if kind < 0.1 and made.dim() >= 2:
        return made.transpose(0, 1)
    if kind < 0.2 and made.dim() >= 1 and made.shape[0] > 1:
        return made[1:]
    if kind < 0.25 and made.dim() >= 1:
        return made[::2]
    if kind < 0.3:
        return made.reshape(1, *made.shape).expand(3, *made.shape)
    if kind < 0.35 and made.is_floating_point():
        return torch.nn.Parameter(made, requires_grad=r.random() < 0.5)
    if kind < 0.38 and made.dim() == 2 and made.dtype == torch.float32 and made.numel():
        return made.to_sparse() if r.random() < 0.5 else made.to_sparse_csr()
    if kind < 0.42 and made.dtype == torch.float32 and made.dim() >= 1 and made.numel():
        return torch.quantize_per_tensor(made, 0.5, 3, r.choice([torch.qint8, torch.quint8, torch.qint32]))
    if kind < 0.44 and made.is_complex():
        return made.conj()
    return made


def content(r, depth=0, shared=None):
    """A checkpoint: containers of tensors and of what trainers write beside them."""
    shared = [] if shared is None else shared
    made = collections.OrderedDict() if r.random() < 0.4 else {}
    paths = set()
    for _ in range(r.randrange(1, 6)):
        key = r.choice(WORDS) if r.random() < 0.9 else r.choice([0, 1, 2, True, -5, None, 10**12])
        if str(key) in paths or "." in str(key):
            key = f"k{len(made)}"
        paths.add(str(key))
        choice = r.random()
        if choice < 0.45:
            value = tensor(r)
            shared.append(value)
        elif choice < 0.55 and shared:
            value = r.choice(shared)
        elif choice < 0.75 and depth < 3:
            value = content(r, depth + 1, shared)
        elif choice < 0.8:
            value = [tensor(r) for _ in range(r.randrange(3))]
        elif choice < 0.83:
            value = numpy.ones(r.randrange(5), dtype=r.choice(["f4", "i8", "<f8", ">f4", "?"]))
        elif choice < 0.86:
            value = numpy.float64(r.random())
        elif choice < 0.88:
            value = argparse.Namespace(lr=r.random(), name="n")
        else:
            value = r.choice(PYTHON)
        made[key] = value
    return made


def checkpoint(r):
    """A file as torch.save writes it: an extension and its bytes."""
    buffer = io.BytesIO()
    zipped = r.random() < 0.6
    torch.save(content(r), buffer, _use_new_zipfile_serialization=zipped, pickle_protocol=r.choice([2, 2, 2, 3, 4, 5]))
    return "pth", buffer.getvalue()


PLAIN = "? b B h H i I l L q Q e f d F D g S3 U2 M8[s] m8[ns] V4".split()
OBJECTS = ["O", "|O", "object", "object_", "O8", "=O", "<O", "f4,O", "O,f4", "(2,)O", "2O", "i4,(2,3)O", "f4, O", " O", "O ", "f4,,O", "a3,O", "3f4,object"]
ODD = ["f4", "<f4", ">f4", "=f4", "|f4", "float32", "single", "f", "float", "int", "intc", "uint8", "bool", "bool_", "complex64", "half", "longdouble", "f4,f4", "(2,)f4", "2f4", "1f4",
       "(1,)f4", "()f4", "f4,i8", "f4:f4", "<f4 ", " <f4", "<f", "|b1", "?", "b1", "B", "u1", "c8", "F", "str", "bytes", "void", "S", "U", "V", "M8", "datetime64[s]", "timedelta64", "f3", "x9",
       "i", "p", "P", "n", "N", "long", "ulonglong", "e", "g", "float_", "int_", "uint", "double", "cdouble", "string_", "unicode_", "bytes_", "str_", "void0", "d8", "a", "a5", "c16", "<c16", ">c8"]


def descriptor(r, depth=0):
    """What may stand under descr: strings that numpy knows or does not know, lists of fields, fields of fields."""
    if depth > 2 or r.random() < 0.6:
        base = r.choice(OBJECTS if r.random() < 0.4 else ODD if r.random() < 0.8 else PLAIN)
        if r.random() < 0.15:
            base = r.choice("<>|=@ ") + base
        if r.random() < 0.1:
            base = base[: r.randrange(len(base) + 1)] + r.choice("O,8(2) []:'") + base[r.randrange(len(base) + 1):]
        return base
    if r.random() < 0.75:
        fields = []
        for i in range(r.randrange(1, 4)):
            name = r.choice([f"f{i}", "a", "", ("title", f"n{i}")])
            field = (name, descriptor(r, depth + 1))
            if r.random() < 0.3:
                field += (r.choice([2, (2,), (2, 3), (), 1]),)
            fields.append(field)
        return fields
    if r.random() < 0.5:
        return (descriptor(r, depth + 1), r.choice([2, (2,), (), "O"]))
    return {"names": ["a", "b"], "formats": [descriptor(r, depth + 1), descriptor(r, depth + 1)]}


def array(r):
    """A .npy: as numpy.save writes it, or with a type that is spelled in another way and enough bytes for any."""
    if r.random() < 0.3:
        buffer = io.BytesIO()
        made = numpy.ones([r.randrange(4) for _ in range(r.randrange(4))], dtype=r.choice(PLAIN[:17]))
        numpy.save(buffer, made if r.random() < 0.5 else numpy.asfortranarray(made))
        return "npy", buffer.getvalue()
    shape = r.choice(["()", "(1,)", "(2,)", "(2, 3)", "(0,)", "[2]", "(2,),", "(True,)", "(-1,)"] if r.random() < 0.3 else ["(2,)"])
    text = f"{{'descr': {descriptor(r)!r}, 'fortran_order': {r.choice(['False', 'True', '0'] if r.random() < 0.1 else ['False'])}, 'shape': {shape}, }}"
    text += " " * (-(len(text) + 11) % 64) + "\n"
    # A pickle of an empty list, where a loader would look for objects.
    body = b"\x80\x04]\x94." if r.random() < 0.5 else bytes(r.randrange(256) for _ in range(256))
    return "npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode("latin-1", "replace") + body + bytes(512)


def arrays(r):
    """A .npz of several of these."""
    members = [(r.choice(["a.npy", "b.npy", "c", "x/y.npy", "d.npy"]), array(r)[1]) for _ in range(r.randrange(1, 3))]
    return "npz", archive([(name, content_, r.random() < 0.5) for name, content_ in dict(members).items()])


# ---------------------------------------------------------------------------------------------------------------------
# Archives
# ---------------------------------------------------------------------------------------------------------------------


def archive(records, r=None):
    """A zip archive of (name, content, deflated), written by hand, so that with a random source some field of it may lie."""
    out, directory = bytearray(), bytearray()
    for name, content_, deflated in records:
        raw = name.encode()
        crc = zlib.crc32(content_)
        packed = content_
        if deflated:
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed = packer.compress(content_) + packer.flush()
            if r is not None and r.random() < 0.3:
                packed += r.choice([b"\0", b"hidden", pickle.dumps([1])])
        size = len(content_)
        local_name, local_size = raw, size
        if r is not None and r.random() < 0.15:
            choice = r.randrange(8)
            if choice == 0:
                local_name = raw.swapcase()
            elif choice == 1:
                crc ^= 1
            elif choice == 2:
                size = max(0, size + r.choice([-1, 1]))
            elif choice == 3:
                local_size += 1
            elif choice == 4:
                out += b"gap"
            elif choice == 5:
                raw = raw.swapcase()
            elif choice == 6:
                crc = 0
        offset = len(out)
        out += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0x800, 8 if deflated else 0, 0, 0, crc, len(packed), local_size, len(local_name), 0) + local_name + packed
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0x800, 8 if deflated else 0, 0, 0, crc, len(packed), size, len(raw), 0, 0, 0, 0, 0, offset) + raw
    disk, count, comment = 0, len(records), b""
    if r is not None and r.random() < 0.1:
        disk = r.choice([0, 1, 0xFFFF])
    if r is not None and r.random() < 0.05:
        count = r.choice([count - 1, count + 1, 0xFFFF])
    if r is not None and r.random() < 0.05:
        comment = b"comment"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", disk, disk, count, count, len(directory), len(out), len(comment)) + comment
    return bytes(out + directory + end)


def records_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return [(entry.filename, opened.read(entry), False) for entry in opened.infolist()]


NEW_RECORDS = ["archive_format", "models/model.json", "serialized_exported_program.json", "constants.pkl", "code/x.py", "extra/evil.pkl", "DATA.PKL", "data.pkl", "data/0", "data/999", "model.json",
               "byteorder", ".data/version", "version", "attributes.pkl", "evil", "data/weights/weight_0", "x.so", ".data/extern_modules", "tensors.pkl", "nested.zip"]


def change_records(r, data):
    records = records_of(data)
    root = records[0][0].split("/")[0]
    for _ in range(r.randrange(1, 3)):
        choice = r.random()
        if choice < 0.4:
            added = r.choice([b"pt2", b"1\n", b"little", b"", EVIL, b"{}", b"3\n", bytes(16), archive([("a/data.pkl", EVIL, False)])])
            name = r.choice(NEW_RECORDS)
            records.insert(r.randrange(len(records) + 1), ((f"{root}/{name}" if r.random() < 0.9 else name), added, False))
        elif choice < 0.55:
            del records[r.randrange(len(records))]
            if not records:
                records = [("archive/data.pkl", EVIL, False)]
        elif choice < 0.7:
            i = r.randrange(len(records))
            name = records[i][0]
            records[i] = (r.choice([name.upper(), name + "x", name.replace("/", "//", 1), "./" + name, name.replace(root, "other", 1), name.replace("0", "1", 1)]), *records[i][1:])
        elif choice < 0.85:
            records = [(name, body, r.random() < 0.5) for name, body, _ in records]
        else:
            r.shuffle(records)
    return archive(records, r)


# ---------------------------------------------------------------------------------------------------------------------
# Broken pickles
# ---------------------------------------------------------------------------------------------------------------------

EVIL = b"\x80\x02cos\ngetcwd\n)R."
UNKNOWN = ["os getcwd", "foo bar", "torch load", "builtins getattr", "__builtin__ eval", "__builtin__ set", "cPickle loads", "copy_reg _reconstructor", "torch.evil FloatStorage", "torch MyStorage",
           "torch.nn.modules.linear Linear", "collections OrderedDict.fromkeys", "numpy dtype", "itertools izip", "exceptions StandardError", "os.path join", "torch.tensor Tensor",
           "UserDict UserDict", "UserDict IterableUserDict", "Queue Queue", "commands getoutput", "torch._utils _rebuild_tensor_v2", "torch.cuda FloatStorage", "торч load"]
# Each leaves the stack as it found it.
NEUTRAL = [b"N0", b"I01\n0", b"I0x10\n0", b"I1_0\n0", b"L0x1fL\n0", b"L12\n0", b"S'a'\n0", b'S"\\x41"\n0', b"V\\u0041\n0", b"F1_0\n0", b"Fnan\n0", b"F0x1\n0", b"\x8a\x01\xff0", b"\x8b\0\0\0\x000", b"\x8a\x000",
           b"Pid\n0", b"(ios\ngetcwd\n0", b"(cos\ngetcwd\no0", b"\x82\x010", b"\x8f(K\x01\x900", b"(K\x01\x910", b"N\x940", b"(1", b"(0", b"((1", b"]2a0" b"", b"\x80\x02", b"\x80\x04", b"\x80\x05", b"\x80\x06",
           b"\x95\x02\0\0\0\0\0\0\0N0", b"\x95\x01\0\0\0\0\0\0\0N0", b"\x96\x01\0\0\0\0\0\0\0a0", b"C\x02ab0", b"U\x02\xc3\xa90", b"U\x01\xff0", b"T\x01\0\0\0\xff0", b"X\x01\0\0\0\xff0", b"X\x03\0\0\0\xed\xa0\x800", b"\x8c\x01\xff0",
           b"ccollections\nOrderedDict\n)R}b0", b"ccollections\nOrderedDict\n)R}X\x05\0\0\0itemsNsb0", b"ccollections\nOrderedDict\n)R}X\x01\0\0\0xK\x01sb0", b"}K\x01K\x02sK\x01K\x03s0", b"}K\x01K\x02s\x88K\x03s0",
           b"](K\x01K\x02e0", b"(K\x01K\x02d0", b"(K\x01K\x02K\x03d0", b"(K\x01l0", b"ccollections\ndefaultdict\n)R0", b"c_codecs\nencode\nX\x01\0\0\0aX\x06\0\0\0latin1\x86R0", b"c_codecs\nencode\nX\x01\0\0\0aX\x05\0\0\0rot13\x86R0",
           b"c__builtin__\nset\n]\x85R0", b"cbuiltins\nset\n]\x85R0", b"\x80\x04c__builtin__\nset\n]\x85R0", b"\x8c\x02os\x8c\x06getcwd\x930", b"\x8c\x02os\x94\x8c\x06getcwd\x940h\x00N\x930", b"X\x02\0\0\0osX\x06\0\0\0getcwd\x930"]


def neutral(r):
    if r.random() < 0.6:
        return r.choice(NEUTRAL)
    module, name = r.choice(UNKNOWN).split(" ", 1)
    head = r.choice([b"", b"\x80\x04", b"\x80\x02"])
    if r.random() < 0.5:
        spelled = f"c{module}\n{name}\n".encode()
    else:
        spelled = b"".join(b"\x8c" + bytes([len(t.encode())]) + t.encode() for t in (module, name)) + b"\x93"
    return head + spelled + r.choice([b"0", b")R0", b")\x810", b")}\x920", b")R}b0", b"N\x85R0", b"0", b"0"])


def change_pickle(r, data):
    """A pickle with some opcodes changed, added, taken away or moved."""
    marks = [(position, opcode, argument) for opcode, argument, position in pickletools.genops(data)]
    ends = [m[0] for m in marks[1:]] + [len(data)]
    parts = [data[m[0]:end] for m, end in zip(marks, ends)]
    names = [o.name for _, o, _ in marks]
    texts = [p for p, n in zip(parts, names) if n in ("BINUNICODE", "SHORT_BINUNICODE")]
    globals_ = [p for p, n in zip(parts, names) if n == "GLOBAL"]
    for _ in range(r.randrange(1, 4)):
        i = r.randrange(len(parts))
        choice = r.random()
        if choice < 0.35:
            parts.insert(r.randrange(1, len(parts)), neutral(r))
        elif choice < 0.45:
            del parts[i]
        elif choice < 0.5:
            parts.insert(i, parts[i])
        elif choice < 0.55:
            j = r.randrange(len(parts))
            parts[i], parts[j] = parts[j], parts[i]
        elif choice < 0.65 and texts:
            here = [k for k, p in enumerate(parts) if p in texts]
            if here:
                parts[r.choice(here)] = r.choice(texts + [b"X\0\0\0\0", b"X\x01\0\0\0\xff", b"X\x03\0\0\0\xed\xa0\x80", b"K\x00", b"X\x03\0\0\0a.b", b"N", b"\x88", b"G\x3f\xf0\0\0\0\0\0\0"])
        elif choice < 0.72 and globals_:
            here = [k for k, p in enumerate(parts) if p[:1] == b"c" and p in globals_]
            if here:
                module, name = r.choice(UNKNOWN).split(" ", 1)
                parts[r.choice(here)] = r.choice(globals_ + [f"c{module}\n{name}\n".encode(), b"ctorch\nDoubleStorage\n", b"ctorch\nByteStorage\n", b"ctorch.storage\nUntypedStorage\n", b"ctorch._utils\n_rebuild_tensor\n"])
        elif choice < 0.9:
            here = [k for k, p in enumerate(parts) if p[:1] in (b"K", b"M", b"J", b"\x8a")]
            if here:
                parts[r.choice(here)] = r.choice([b"K" + bytes([r.randrange(8)]), b"\x88", b"\x89", b"J\xff\xff\xff\xff", b"\x8a\x08" + r.randbytes(8), b"\x8a\x05\0\0\0\0\x01", b"M\0\x01", b"G\x3f\xf0\0\0\0\0\0\0", b"N"])
        else:
            raw = bytearray(parts[i])
            raw[r.randrange(len(raw))] = r.randrange(256)
            parts[i] = bytes(raw)
    return b"".join(parts)


def legacy_parts(data):
    """The five pickles of a legacy file, and what follows."""
    parts, rest = [], io.BytesIO(data)
    for _ in range(5):
        start = rest.tell()
        for opcode, _, _ in pickletools.genops(rest):
            if opcode.name == "STOP":
                break
        parts.append(data[start:rest.tell()])
    return parts, data[rest.tell():]


def tar_header(name, size, magic=b"ustar\0" + b"00"):
    block = bytearray(512)
    block[0:len(name)] = name
    block[124:136] = b"%011o\0" % size
    block[257:257 + len(magic)] = magic
    return block


def signed(block):
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def tar_member(name, body, magic):
    block = tar_header(name, len(body), magic)
    block[156:157] = b"0"
    return signed(block) + body + bytes(-len(body) % 512)


def tar(r):
    """What PyTorch 0.1 wrote, with one tensor that is not the file's own, or with a call."""
    magic = r.choice([b"ustar\0" + b"00", b"ustar  \0", b""])
    storages = pickle.dumps(0, 2) + pickle.dumps([], 2)
    main = EVIL if r.random() < 0.5 else pickle.dumps({"other": 1}, 2)
    return b"".join(tar_member(n, b, magic) for n, b in ((b"storages", storages), (b"tensors", pickle.dumps(0, 2)), (b"pickle", main))) + bytes(1024)


def two_formats(r):
    """A file that one loader takes for one thing and another loader may take for another."""
    kind = r.randrange(8)
    _, first = checkpoint(r)
    _, second = checkpoint(r)
    if kind == 0:
        return "pth", first + second
    if kind == 1:
        return r.choice(["npy", "pth"]), array(r)[1] + r.choice([first, EVIL])
    if kind == 2:
        return "pth", tar(r)
    if kind == 3:
        return "pth", r.choice([EVIL, b"N0", pickle.dumps(1)]) + first
    if kind == 4:
        return "pth", first + r.choice([EVIL, b"\0", bytes(512), b"PK\x05\x06" + bytes(18)])
    if kind == 5:
        # The archive lies in the elements of a legacy file's only tensor.
        body = archive([("archive/data.pkl", EVIL, False), ("archive/version", b"3\n", False)])
        body += bytes(-len(body) % 4) if r.random() < 0.3 else b""
        stored = torch.frombuffer(bytearray(body), dtype=torch.uint8)
        buffer = io.BytesIO()
        torch.save({"weight": stored}, buffer, _use_new_zipfile_serialization=False)
        return "pth", buffer.getvalue()
    if kind == 6:
        # The first 512 bytes of a legacy file are the header of a tar archive, whose members lie in a tensor.
        body = tar(r)
        filler = bytes(600)
        system = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}, "filler": None}
        head = pickle.dumps(torch.serialization.MAGIC_NUMBER, 2) + pickle.dumps(1001, 2)
        start = pickle.dumps(system, 2)[:-3] + b"U\xff" + bytes(255) + b"U\xff" + bytes(255) + b"0u."
        buffer = io.BytesIO()
        torch.save({"weight": torch.zeros(1024 + len(body), dtype=torch.uint8)}, buffer, _use_new_zipfile_serialization=False)
        parts, rest = legacy_parts(buffer.getvalue())
        data = bytearray(head + start + parts[3] + parts[4] + rest)
        place = -(-(len(data) - len(rest) + 8) // 512) * 512
        data[place:place + len(body)] = body
        size = place - 512
        if r.random() < 0.8:
            data[124:136] = b"%011o\0" % size
            data[148:156] = b" " * 8
            data[148:156] = b"%06o\0 " % sum(data[:512])
        return "pth", bytes(data)
    # A safetensors file whose length begins like a pickle.
    length = r.choice([0x280, 0x380, 0x4380, 0x5880, 0x2880, 0x8880]) | r.randrange(256) << 16 if r.random() < 0.5 else r.randrange(64, 4096)
    length = min(length, 60000)
    metadata = "".join(r.choice("a0N(}.q") for _ in range(length))
    header = json.dumps({"__metadata__": {"a": metadata[: max(0, length - 100)]}, "w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode().ljust(length)
    return "safetensors", struct.pack("<Q", len(header)) + header + bytes(4)


def broken(r):
    """A generated file, changed on purpose or at random."""
    extension, data = checkpoint(r)
    zipped = data[:4] == b"PK\x03\x04"
    choice = r.random()
    if choice < 0.5:
        if zipped:
            records = [(n, change_pickle(r, b) if n.endswith("/data.pkl") else b, False) for n, b, _ in records_of(data)]
            return extension, archive(records)
        parts, rest = legacy_parts(data)
        i = r.choice([0, 1, 2, 3, 3, 3, 3, 3, 3, 4])
        parts[i] = change_pickle(r, parts[i])
        return extension, b"".join(parts) + rest
    if choice < 0.75 and zipped:
        return extension, change_records(r, data)
    raw = bytearray(data)
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(raw)) if r.random() < 0.5 else max(0, len(raw) - 1 - r.randrange(300))
        raw[at] = r.choice([0, 1, 0x28, 0x2E, 0x30, 0x52, 0x63, 0x80, 0xFF, raw[at] ^ (1 << r.randrange(8))])
    return extension, bytes(raw)


KINDS = {"honest": (checkpoint, 12), "array": (array, 15), "arrays": (arrays, 3), "broken": (broken, 55), "two": (two_formats, 15)}


def generate(r, kinds):
    """(how it was made, extension, bytes)"""
    while True:
        how = r.choices(kinds, [KINDS[kind][1] for kind in kinds])[0]
        try:
            return how, *KINDS[how][0](r)
        except (ValueError, IndexError, KeyError, struct.error, zipfile.BadZipFile):
            # The generator tripped over its own change: the next one is as good.
            continue


# ---------------------------------------------------------------------------------------------------------------------
# Comparison
# ---------------------------------------------------------------------------------------------------------------------


def compared(tensors):
    """Tensors in an order that both sides have; paths that need not agree are left out."""
    return sorted([repr(t[0]), t[1], t[2], t[3]] for t in tensors)


def difference(left, right):
    """What of two lists of tensors is different; None where nothing is."""
    if any(t[0] is None for t in left):
        left, right = [[None, *t[1:]] for t in left], [[None, *t[1:]] for t in right]
    left, right = compared(left), compared(right)
    if left == right:
        return None
    only = [t for t in left if t not in right], [t for t in right if t not in left]
    return {"loader": only[0][:3], "modelgate": only[1][:3], "counts": [len(left), len(right)]}


def complaint(how, path, ours):
    """Why ModelGate's view of a file is wrong, and the loader's view; (None, view) where it is right."""
    if not ours["passes"]:
        return (f"a file of torch.save does not pass: {ours['refused']}" if how == "honest" else None), None
    theirs = in_child(lambda: seen_by_torch(path)) or {"names": [], "tensors": None, "error": "died", "weights_only": None}
    unseen = sorted(set(theirs["names"]) - set(ours["names"]))
    if unseen:
        return f"torch.load imports {', '.join(unseen[:5])}, and ModelGate does not list it", theirs
    if ours["format"] == "numpy":
        arrays_ = in_child(lambda: seen_by_numpy(path)) or {"arrays": None, "error": "died", "unpickles": False}
        if arrays_["unpickles"]:
            return "numpy.load would unpickle", arrays_
        if arrays_["arrays"] is None:
            return f"numpy.load fails: {arrays_['error']}", arrays_
        known = {a[0]: a for a in arrays_["arrays"]}
        for name, type_, shape, value in ours["tensors"]:
            if name not in known or known[name][2] != shape or (value and known[name][3] and value != known[name][3]):
                return f"numpy.load reads the array {name!r} otherwise", arrays_
        missing = [n for n in known if n not in {t[0] for t in ours["tensors"]} and known[n][1] not in ("complex256", "float128", ">f16")]
        return (f"ModelGate does not list the arrays {missing[:5]}" if missing else None), arrays_
    if theirs.get("program"):
        return "torch.load takes it for a program", theirs
    if ours["format"] not in ("pytorch-zip", "pytorch-legacy"):
        return (None if theirs["tensors"] is None else f"torch.load reads it, and ModelGate takes it for {ours['format']}"), theirs
    if theirs["tensors"] is None:
        return f"torch.load fails: {theirs['error']}", theirs
    found = difference(theirs["tensors"], ours["tensors"])
    if found:
        return f"the tensors differ: {json.dumps(found)}", theirs
    if theirs["weights_only"] is not None and (other := difference(theirs["tensors"], theirs["weights_only"])):
        return f"torch.load answers otherwise with weights_only: {json.dumps(other)}", theirs
    paths = [t[0] for t in theirs["tensors"] if t[0] is not None]
    if len(paths) != len(set(paths)):
        return "a path leads to two tensors", theirs
    return None, theirs


class ModelGate:
    """The process that says what ModelGate sees."""

    CONFIGURATION = {"artifacts": {"checkpoints": ["*.pth", "*.npy", "*.npz", "*.safetensors"]}, "gates": {"pickle-must-be-safe": {}, "archive-must-be-whole": {}}}

    def __init__(self, program):
        self.process = subprocess.Popen(["dotnet", str(program), "views"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def see(self, folder):
        (folder / "gate.config.json").write_text(json.dumps(self.CONFIGURATION))
        self.process.stdin.write(f"{folder}\n")
        self.process.stdin.flush()
        views = {}
        while line := self.process.stdout.readline().strip():
            view = json.loads(line)
            views[view["file"]] = view
        return views


def program():
    for build in ("Release", "Debug"):
        if (found := HERE / "bin" / build / "net10.0" / "ModelGate.Fuzz.dll").exists():
            return found
    raise SystemExit("build tests/ModelGate.Fuzz first")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, help="how many files")
    arguments.add_argument("--minutes", type=float, default=1)
    arguments.add_argument("--kinds", default=",".join(KINDS), help="what is generated")
    arguments.add_argument("--keep", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "modelgate-differential")
    arguments.add_argument("--program", type=pathlib.Path, help="ModelGate.Fuzz.dll, where it is not the one that was built here")
    asked = arguments.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    gate = ModelGate(asked.program or program())
    started, files, passed, finds = time.monotonic(), 0, 0, collections.Counter()
    batch = 0
    while files < asked.count if asked.count else time.monotonic() - started < asked.minutes * 60:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="modelgate-differential-"))
        try:
            r = random.Random(f"{asked.seed}/{batch}")
            made = []
            for i in range(BATCH):
                how, extension, data = generate(r, asked.kinds.split(","))
                path = folder / f"{i:03}.{extension}"
                path.write_bytes(data)
                made.append((how, path))
            views = gate.see(folder)
            for how, path in made:
                ours = views[path.name]
                why, theirs = complaint(how, str(path), ours)
                files += 1
                passed += ours["passes"]
                if why:
                    finds[why.split(":")[0][:60]] += 1
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    name = f"{asked.seed}-{batch}-{path.name}"
                    shutil.copy(path, asked.keep / name)
                    (asked.keep / f"{name}.json").write_text(json.dumps({"why": why, "how": how, "loader": theirs, "modelgate": ours}, indent=1))
                    print(f"FIND {asked.keep / name}: {why[:300]}", flush=True)
        finally:
            shutil.rmtree(folder)
        batch += 1
        if batch % 16 == 0:
            print(f"{files} files, {passed} passed and compared, {sum(finds.values())} finds, {files / (time.monotonic() - started):.0f} a second", flush=True)
    print(f"{files} files, {passed} passed and compared, {sum(finds.values())} finds")
    for why, count in finds.most_common():
        print(f"  {count} x {why}")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
