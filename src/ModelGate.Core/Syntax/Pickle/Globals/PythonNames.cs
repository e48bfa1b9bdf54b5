using System.Collections.Frozen;

namespace ModelGate.Syntax.Pickle.Globals;

/// <summary>Python 3's name for what Python 2 called otherwise: protocols 0 to 2 still write the old ones.</summary>
internal static class PythonNames
{
    private static readonly FrozenDictionary<string, string> Modules = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["__builtin__"] = "builtins",
        ["copy_reg"] = "copyreg",
        ["Queue"] = "queue",
        ["SocketServer"] = "socketserver",
        ["ConfigParser"] = "configparser",
        ["repr"] = "reprlib",
        ["tkFileDialog"] = "tkinter.filedialog",
        ["tkSimpleDialog"] = "tkinter.simpledialog",
        ["tkColorChooser"] = "tkinter.colorchooser",
        ["tkCommonDialog"] = "tkinter.commondialog",
        ["Dialog"] = "tkinter.dialog",
        ["Tkdnd"] = "tkinter.dnd",
        ["tkFont"] = "tkinter.font",
        ["tkMessageBox"] = "tkinter.messagebox",
        ["ScrolledText"] = "tkinter.scrolledtext",
        ["Tkconstants"] = "tkinter.constants",
        ["Tix"] = "tkinter.tix",
        ["ttk"] = "tkinter.ttk",
        ["Tkinter"] = "tkinter",
        ["markupbase"] = "_markupbase",
        ["_winreg"] = "winreg",
        ["thread"] = "_thread",
        ["dummy_thread"] = "_dummy_thread",
        ["dbhash"] = "dbm.bsd",
        ["dumbdbm"] = "dbm.dumb",
        ["dbm"] = "dbm.ndbm",
        ["gdbm"] = "dbm.gnu",
        ["xmlrpclib"] = "xmlrpc.client",
        ["SimpleXMLRPCServer"] = "xmlrpc.server",
        ["httplib"] = "http.client",
        ["htmlentitydefs"] = "html.entities",
        ["HTMLParser"] = "html.parser",
        ["Cookie"] = "http.cookies",
        ["cookielib"] = "http.cookiejar",
        ["BaseHTTPServer"] = "http.server",
        ["CGIHTTPServer"] = "http.server",
        ["SimpleHTTPServer"] = "http.server",
        ["test.test_support"] = "test.support",
        ["commands"] = "subprocess",
        ["urlparse"] = "urllib.parse",
        ["robotparser"] = "urllib.robotparser",
        ["urllib2"] = "urllib.request",
        ["anydbm"] = "dbm",
        ["_abcoll"] = "collections.abc",
        ["cPickle"] = "pickle",
        ["_elementtree"] = "xml.etree.ElementTree",
        ["FileDialog"] = "tkinter.filedialog",
        ["SimpleDialog"] = "tkinter.simpledialog",
        ["DocXMLRPCServer"] = "xmlrpc.server",
        ["UserDict"] = "collections",
        ["UserList"] = "collections",
        ["UserString"] = "collections",
        ["whichdb"] = "dbm",
        ["StringIO"] = "io",
        ["cStringIO"] = "io",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string, string), (string, string)> Members = new Dictionary<(string, string), (string, string)>
    {
        [("__builtin__", "xrange")] = ("builtins", "range"),
        [("__builtin__", "reduce")] = ("functools", "reduce"),
        [("__builtin__", "intern")] = ("sys", "intern"),
        [("__builtin__", "unichr")] = ("builtins", "chr"),
        [("__builtin__", "unicode")] = ("builtins", "str"),
        [("__builtin__", "long")] = ("builtins", "int"),
        [("__builtin__", "basestring")] = ("builtins", "str"),
        [("itertools", "izip")] = ("builtins", "zip"),
        [("itertools", "imap")] = ("builtins", "map"),
        [("itertools", "ifilter")] = ("builtins", "filter"),
        [("exceptions", "StandardError")] = ("builtins", "Exception"),
        [("socket", "fromfd")] = ("socket", "socket"),
        [("UserDict", "IterableUserDict")] = ("collections", "UserDict"),
        [("os", "getcwdu")] = ("os", "getcwd"),
    }.ToFrozenDictionary();

    /// <summary>The names under which Python 3 would look.</summary>
    public static (string Module, string Member) ToPython3(string module, string member)
        => Members.TryGetValue((module, member), out var both) ? both : (Modules.GetValueOrDefault(module, module), member);
}
