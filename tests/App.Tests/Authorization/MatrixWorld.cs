using System.Collections.Concurrent;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Authorization;

/// <summary>A broker with two projects that are the same but for their names, and a third name under which there is nothing.</summary>
public sealed partial class MatrixWorld : IAsyncLifetime, IDisposable
{
    internal const string Absent = "nihil";
    internal const string Report = """{"trustVersion":1,"revocationListVersion":0,"sshdVersion":"9.2","sshfnVersion":"0.1.0","passcodes":true}""";

    // Large enough that no limit on rates answers in the place of the authority.
    private static readonly string[] NoLimits =
    [
        "--requests-per-minute-per-address", "100000000", "--requests-per-minute-per-caller", "100000000",
        "--failed-authentications-per-minute-per-address", "1000000", "--passcodes-per-minute-per-caller", "100000000",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<(string Project, string Name), string> _names = new();
    private readonly Dictionary<string, BrokerApi> _owners = [];
    private TestBroker _broker = null!;

    internal static string[] Projects { get; } = ["aurum", "umbra"];

    internal static string SpareKey { get; } = NewKey();

    internal List<MatrixCaller> Callers { get; } = [];

    internal BrokerApi Root => _broker.Admin;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder, NoLimits);
        foreach (string project in Projects) await MakeProjectAsync(project);
        NameTheAbsent();
        await MakeStrangersAsync();
        Callers.Add(new MatrixCaller("the first admin", Root) { Project = "/", Role = 4 });
    }

    public async Task DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A template with the names of a project's objects in it.</summary>
    internal string Fill(string template, string project)
    {
        foreach ((string name, string value) in NamesOf(project))
            template = template.Replace("{{" + name + "}}", value, StringComparison.Ordinal).Replace("{" + name + "}", value, StringComparison.Ordinal);
        return template;
    }

    /// <summary>An answer about one project in words that are the same for each: names and correlation identifiers are taken out.</summary>
    internal string Blur(string text, string project)
    {
        // First what changes each time: a correlation identifier may hold the digits of a name.
        text = Changing().Replace(text.Replace("\\u002B", "+", StringComparison.Ordinal), "");
        foreach ((string name, string value) in NamesOf(project).OrderByDescending(each => each.Value.Length))
            text = text.Replace(value, $"<{name}>", StringComparison.Ordinal);
        return text;
    }

    [System.Text.RegularExpressions.GeneratedRegex("\"correlationId\":\"[0-9a-f]+\"|SHA256:[A-Za-z0-9+/]{43}")]
    private static partial System.Text.RegularExpressions.Regex Changing();

    private IEnumerable<(string Name, string Value)> NamesOf(string project) =>
        [("p", project), .. _names.Where(each => each.Key.Project == project).Select(each => (each.Key.Name, each.Value))];

    /// <summary>Each name of the first project, changed so that it has the same form and nothing has it.</summary>
    private void NameTheAbsent()
    {
        foreach (((string project, string name), string value) in _names.ToArray().Where(each => each.Key.Project == Projects[0]))
        {
            string absent = value.Replace(project, Absent, StringComparison.Ordinal);
            _names[(Absent, name)] = name switch
            {
                "publicKey" or "hostKey" => NewKey(),
                "serial" => "124999",
                "passcode" => "0000-0000-0000",
                "once" => value,
                _ when absent != value => absent,
                _ => Other(value[0]) + value[1..],
            };
        }
    }

    private static char Other(char first) => first == 'a' ? 'b' : 'a';

    private static string NewKey()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return key.PublicKey.ToText();
    }

    private void Name(string project, string name, string value) => _names[(project, name)] = value;

    internal BrokerApi As(string? token) => _broker.As(token);
}
