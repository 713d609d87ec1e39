using SshFunctions.Api;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>A request that must be refused, and how.</summary>
/// <param name="Defect">What is wrong with it.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">With <c>/api</c>; <c>{host}</c> stands for the enrolled host.</param>
/// <param name="Body">JSON, or what passes for it, <c>{enrollment-token}</c> for a good one; null for none.</param>
/// <param name="Field">The member the problem must name; null for none.</param>
/// <param name="Fix">Part of what the problem must say to do.</param>
public sealed partial record BadInput(string Defect, string Method, string Path, string? Body, string? Field, string Fix)
{
    /// <summary>The existing resource, <c>acme/production/web</c> at <c>web.example.com:22</c> with login <c>deploy</c>.</summary>
    public const string Web = "/api/projects/acme/environments/production/resources/web";

    private const string Other = "/api/projects/acme/environments/production/resources/other";
    private const string Grant = "/api/grants/other";
    private const string Project = "/api/projects/other";

    public int Status { get; init; } = 400;

    public string Type { get; init; } = ProblemTypes.Invalid;

    /// <summary>Whether the enrolled host sends it; else the administrator.</summary>
    public bool IsOfHost { get; init; }

    /// <summary>A good key, so that only the defect is wrong.</summary>
    public static string PublicKey { get; } = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHPdzH9EZii3R3ddPwIQZgUbEob0Z+6Ln82Zp0lsmdUe";

    public static IReadOnlyList<BadInput> All { get; } = [.. Bodies(), .. Keys(), .. Certificates(), .. Tree(), .. Access(), .. Grants(), .. Revocations(), .. Tokens(), .. SignIns(), .. GitPasswords(), .. Enrollment(), .. OfHosts(), .. Passcodes(), .. RevocationList(), .. AccessRequests()];

    public override string ToString() => $"{Method} {Path}: {Defect}";

    private static IEnumerable<BadInput> Bodies() =>
    [
        Post(Routes.Keys, "unknown member", $$"""{"name":"a","publicKey":"{{PublicKey}}","colour":"red"}""", "colour", "remove it; known are name, publicKey"),
        Post(Routes.Keys, "duplicate member", $$"""{"name":"a","name":"b","publicKey":"{{PublicKey}}"}""", "name", "give it once"),
        Post(Routes.Keys, "missing member", """{"name":"a"}""", "publicKey", "add it"),
        Post(Routes.Keys, "null member", """{"name":"a","publicKey":null}""", "publicKey", "give it a value"),
        Post(Routes.Keys, "member of another type", """{"name":"a","publicKey":7}""", "publicKey", "give a string"),
        Post(Routes.Keys, "truncated body", """{"name":"a","publicKey":"ssh-""", "publicKey", "send one JSON object"),
        Post(Routes.Keys, "no JSON", "name=a", null, "send one JSON object"),
        Post(Routes.Keys, "empty body", "", null, "send a JSON object"),
        Post(Routes.Keys, "a body of 1 MiB", $$"""{"name":"{{new string('a', 1 << 20)}}","publicKey":"{{PublicKey}}"}""", null, "send less")
            with { Status = 413, Type = ProblemTypes.TooLarge },
        Post(Routes.UserCertificates, "unknown member inside", $$"""{"publicKey":"{{PublicKey}}","destination":{"host":"h","port":22,"login":"l","x":1} }""", "destination.x", "remove it"),
        Post(Routes.UserCertificates, "missing member inside", $$"""{"publicKey":"{{PublicKey}}","destination":{"host":"h","login":"l"} }""", "destination.port", "add it"),
        Post("/api/nothing", "unknown path", "{}", null, "lists every path") with { Status = 404, Type = ProblemTypes.NotFound },
        new("wrong method", "DELETE", Routes.UserCertificates, null, null, "Allow header") { Status = 405, Type = ProblemTypes.MethodNotAllowed },
    ];

    private static IEnumerable<BadInput> Keys()
    {
        string blob = PublicKey.Split(' ')[1];
        (string Defect, string Key)[] keys =
        [
            ("no key", "hello"),
            ("no key at all", ""),
            ("a truncated key", PublicKey[..^9]),
            ("a key cut at a multiple of four", PublicKey[..^8]),
            ("base64 that is none", PublicKey.Replace("NzaC1", "Nza*1", StringComparison.Ordinal)),
            ("a key of another type than said", $"ssh-rsa {blob}"),
            ("a key with options before it", $"command=\\\"id\\\" {PublicKey}"),
            ("two keys", $"{PublicKey}\\n{PublicKey}"),
            ("an ssh-dss key", "ssh-dss AAAAB3NzaC1kc3MAAAAB"),
            ("a key of 9,000 characters", $"{PublicKey} {new string('c', 9000)}"),
        ];
        foreach ((string defect, string key) in keys)
        {
            yield return Post(Routes.Keys, defect, $$"""{"name":"a","publicKey":"{{key}}"}""", "publicKey", ".pub file");
            yield return Post(Routes.UserCertificates, defect, $$"""{"publicKey":"{{key}}","resource":"acme/production/web","login":"deploy"}""", "publicKey", ".pub file");
            yield return Post(Routes.Revocations, defect, $$"""{"reason":"r","key":"{{key}}"}""", "key", ".pub file");
        }

        foreach ((string defect, string name) in Texts(100))
            yield return Post(Routes.Keys, $"{defect} in the name", $$"""{"name":"{{name}}","publicKey":"{{PublicKey}}"}""", "name", "");
        yield return Post(Routes.Keys, "no name", $$"""{"name":" ","publicKey":"{{PublicKey}}"}""", "name", "give 1 to 100 characters");
        yield return Post(Routes.Keys, "an end in the past", $$"""{"name":"a","publicKey":"{{PublicKey}}","expires":"2001-01-01T00:00:00Z"}""", "expires", "give a time in the future");
        yield return Post(Routes.Keys, "a time without a zone", $$"""{"name":"a","publicKey":"{{PublicKey}}","expires":"2099-01-01T00:00:00"}""", "expires", "a time with offset");
    }

    private static IEnumerable<BadInput> Certificates()
    {
        string key = $"\"publicKey\":\"{PublicKey}\"";
        yield return Mint("destination and resource", """ "destination":{"host":"web.example.com","port":22,"login":"deploy"},"resource":"acme/production/web" """, "destination", "not both");
        yield return Mint("neither destination nor resource", """ "login":"deploy" """, "destination", "give destination (host, port, login), or resource with login");
        yield return Mint("the login twice", """ "destination":{"host":"web.example.com","port":22,"login":"deploy"},"login":"deploy" """, "login", "inside it");
        yield return Mint("no login", """ "resource":"acme/production/web" """, "login", "a login is");
        yield return Mint("an unknown destination", """ "destination":{"host":"elsewhere.example.com","port":22,"login":"deploy"} """, null, "ask a manager to add it")
            with
        { Status = 404, Type = ProblemTypes.NotFound };
        yield return Mint("an unknown port of a known host", """ "destination":{"host":"web.example.com","port":2222,"login":"deploy"} """, null, "check host and port")
            with
        { Status = 404, Type = ProblemTypes.NotFound };
        yield return Mint("an unknown resource", """ "resource":"acme/production/none","login":"deploy" """, null, "list them")
            with
        { Status = 404, Type = ProblemTypes.NotFound };
        yield return Mint("a port out of bounds", """ "destination":{"host":"web.example.com","port":65536,"login":"deploy"} """, "destination.port", "give 1 to 65535");
        yield return Mint("a life of a second", """ "resource":"acme/production/web","login":"deploy","lifetimeSeconds":1 """, "lifetimeSeconds", "ask for at least");
        foreach ((string defect, string text) in Names())
        {
            yield return Mint($"{defect} in the host", $$""" "destination":{"host":"{{text}}","port":22,"login":"deploy"} """, "destination.host", "a host is");
            yield return Mint($"{defect} in the destination's login", $$""" "destination":{"host":"web.example.com","port":22,"login":"{{text}}"} """, "destination.login", "a login is");
            yield return Mint($"{defect} in the login", $$""" "resource":"acme/production/web","login":"{{text}}" """, "login", "a login is");
            yield return Mint($"{defect} in the resource", $$""" "resource":"acme/production/{{text}}","login":"deploy" """, "resource", "a name is");
        }

        BadInput Mint(string defect, string rest, string? field, string fix) =>
            Post(Routes.UserCertificates, defect, $"{{{key},{rest}}}", field, fix);
    }

    private static IEnumerable<BadInput> Access() =>
    [
        Put("/api/ssh-switch/acme", "a state that is none", """{"state":"maybe"}""", "state", "enabled, disabled"),
        Put("/api/ssh-switch/acme", "no state", "{}", "state", "add it"),
        Put("/api/ssh-switch/acme", "a reason of 501 characters", $$"""{"state":"disabled","reason":"{{new string('a', 501)}}"}""", "reason", "shorten it"),
        Put("/api/ssh-switch/a,b", "a path that is none", """{"state":"enabled"}""", "path", "a path is"),
        Put("/api/ssh-switch/", "everything at once", """{"state":"disabled"}""", "path", "name a project"),
        Put("/api/ssh-switch/none", "a project that is not there", """{"state":"disabled"}""", null, "") with { Status = 404, Type = ProblemTypes.NotFound },
        Post(Routes.ExplainAccess, "nothing to reach", "{}", "destination", "give destination"),
        Post(Routes.ExplainAccess, "groups of nobody", """{"resource":"acme/production/web","login":"deploy","groups":["a"]}""", "subject", "name the subject"),
        Post(Routes.ExplainAccess, "a subject that is none", """{"resource":"acme/production/web","login":"deploy","subject":"a b"}""", "subject", "a subject is"),
    ];

    private static IEnumerable<BadInput> Tree()
    {
        const string Logins = "\"logins\":[\"deploy\"]";
        yield return Put(Other, "an address that another resource has", $$"""{"hosts":[{"name":"WEB.example.com."}],{{Logins}}}""", "hosts", "")
            with
        { Status = 409, Type = ProblemTypes.Conflict };
        yield return Put(Other, "no hosts", $$"""{"hosts":[],{{Logins}}}""", "hosts", "give 1 to");
        yield return Put(Other, "a host twice", $$"""{"hosts":[{"name":"b"},{"name":"B"}],{{Logins}}}""", "hosts[1]", "give it once");
        yield return Put(Other, "a port of 0", $$"""{"hosts":[{"name":"b","port":0}],{{Logins}}}""", "hosts[0].port", "give 1 to 65535");
        yield return Put(Other, "a wildcard over an address that another resource has", $$"""{"hosts":[{"name":"*.example.com"}],{{Logins}}}""", "hosts", "remove it from")
            with
        { Status = 409, Type = ProblemTypes.Conflict };
        foreach (string pattern in new[] { "*", "*.com", "web.*.example.com", "*.10.0.0.1", "w*.example.com" })
            yield return Put(Other, $"the wildcard {pattern}", $$"""{"hosts":[{"name":"{{pattern}}"}],{{Logins}}}""", "hosts[0].name", "a host is");
        yield return Put(Other, "an instance below 0", $$"""{"hosts":[{"name":"b","instance":-1}],{{Logins}}}""", "hosts[0].instance", "give 0 to");
        yield return Put(Other, "a service without a port", $$"""{"hosts":[{"name":"b"}],{{Logins}},"services":[{"name":"a","host":"h","port":0}]}""", "services[0].port", "give 1 to 65535");
        yield return Put(Other, "a jump host that is an environment", $$"""{"hosts":[{"name":"b"}],{{Logins}},"jump":"acme/production"}""", "jump", "project, environment and resource");
        yield return Put(Other, "a login command of two lines", $$"""{"hosts":[{"name":"b"}],{{Logins}},"loginCommand":"a\nb"}""", "loginCommand", "one line");
        yield return Put(Other, "no logins", """{"hosts":[{"name":"b"}],"logins":[]}""", "logins", "unix accounts");
        yield return Put(Other, "an unknown profile", $$"""{"hosts":[{"name":"b"}],{{Logins}},"profile":"telnet"}""", "profile", "sshd, plain-sshd");
        yield return Put(Other, "an unknown switch", $$"""{"hosts":[{"name":"b"}],{{Logins}},"sshSwitch":"maybe"}""", "sshSwitch", "enabled, disabled");
        yield return Put(Other, "a life of a year", $$"""{"hosts":[{"name":"b"}],{{Logins}},"maximumLifetimeSeconds":31536000}""", "maximumLifetimeSeconds", "seconds");
        yield return Put("/api/projects/none/environments/production", "an environment of no project", "{}", null, "")
            with
        { Status = 404, Type = ProblemTypes.NotFound };
        foreach (string name in new[] { "a,b", "a%0Ab", "a%07b", "UPPER", "-a", new string('a', 64) })
            yield return Put($"/api/projects/{name}", "a name that is none", "{}", "path", "a name is");
        foreach ((string defect, string text) in Names())
        {
            yield return Put(Other, $"{defect} in a host", $$"""{"hosts":[{"name":"{{text}}"}],{{Logins}}}""", "hosts[0].name", "a host is");
            yield return Put(Other, $"{defect} in a login", $$"""{"hosts":[{"name":"b"}],"logins":["{{text}}"]}""", "logins[0]", "a login is");
        }

        foreach ((string defect, string text) in Texts(1000))
        {
            yield return Put(Project, $"{defect} in the description", $$"""{"description":"{{text}}"}""", "description", "");
            yield return Put(Web, $"{defect} in the description", $$"""{"hosts":[{"name":"web.example.com"}],{{Logins}},"description":"{{text}}"}""", "description", "");
        }
    }

    private static IEnumerable<BadInput> Grants()
    {
        yield return Put(Grant, "nobody", """{"path":"/","role":"developer"}""", "subject", "give subject or group");
        yield return Put(Grant, "two holders", """{"path":"/","role":"developer","subject":"a","group":"b"}""", "subject", "not both");
        yield return Put(Grant, "an unknown role", """{"path":"/","role":"king","subject":"a"}""", "role", "auditor, developer, manager, admin");
        yield return Put(Grant, "a path to nothing", """{"path":"acme/none","role":"developer","subject":"a"}""", "path", "make it first");
        yield return Put(Grant, "an unknown permission", """{"path":"/","role":"developer","subject":"a","permissions":["fly"]}""", "permissions", "pty");
        foreach (string block in new[] { "10.0.0.1/8", "10/8", "010.0.0.0/8", "10.0.0.0/33", "10.0.0.0-10.0.0.9", "fe80::1/10" })
            yield return Put(Grant, $"{block} for a block", $$"""{"path":"/","role":"developer","subject":"a","sourceAddresses":["{{block}}"]}""", "sourceAddresses[0]", "CIDR");
        yield return Put(Grant, "an end before its beginning", """{"path":"/","role":"developer","subject":"a","notBefore":"2099-01-02T00:00:00Z","notAfter":"2099-01-01T00:00:00Z"}""", "notAfter", "after notBefore");
        foreach ((string defect, string text) in Names())
        {
            yield return Put(Grant, $"{defect} in the subject", $$"""{"path":"/","role":"developer","subject":"{{text}}"}""", "subject", "a subject is");
            yield return Put(Grant, $"{defect} in the group", $$"""{"path":"/","role":"developer","group":"{{text}}"}""", "group", "a group is");
            yield return Put(Grant, $"{defect} in a login", $$"""{"path":"/","role":"developer","subject":"a","logins":["{{text}}"]}""", "logins[0]", "a login is");
            yield return Put(Grant, $"{defect} in the path", $$"""{"path":"{{text}}","role":"developer","subject":"a"}""", "path", "a path is");
        }
    }

    private static IEnumerable<BadInput> Revocations()
    {
        yield return Post(Routes.Revocations, "no target", """{"reason":"r"}""", "serial", "exactly one of");
        yield return Post(Routes.Revocations, "two targets", """{"reason":"r","serial":65537,"subject":"alice"}""", "serial", "exactly one of");
        yield return Post(Routes.Revocations, "a negative serial", """{"reason":"r","serial":-1}""", "serial", "a whole number from 0");
        yield return Post(Routes.Revocations, "no certificate", """{"reason":"r","certificate":"hello"}""", "certificate", "-cert.pub file");
        yield return Post(Routes.Revocations, "no reason", """{"reason":"","subject":"alice"}""", "reason", "give 1 to 500 characters");
        yield return Post(Routes.Revocations, "an unknown serial", """{"reason":"r","serial":1}""", null, "sshd's log") with { Status = 404, Type = ProblemTypes.NotFound };
        yield return Post(Routes.Revocations, "an unknown grant", """{"reason":"r","grant":"none"}""", null, "list them") with { Status = 404, Type = ProblemTypes.NotFound };
        foreach ((string defect, string text) in Texts(500))
            yield return Post(Routes.Revocations, $"{defect} in the reason", $$"""{"reason":"{{text}}","subject":"alice"}""", "reason", "");
        foreach ((string defect, string text) in Names())
        {
            yield return Post(Routes.Revocations, $"{defect} in the subject", $$"""{"reason":"r","subject":"{{text}}"}""", "subject", "a subject is");
            yield return Post(Routes.Revocations, $"{defect} in the grant", $$"""{"reason":"r","grant":"{{text}}"}""", "grant", "a name is");
        }
    }

    private static IEnumerable<BadInput> Tokens()
    {
        yield return Post(Routes.Tokens, "an end in the past", """{"name":"a","subject":"b","expires":"2001-01-01T00:00:00Z"}""", "expires", "give a time in the future");
        yield return Post(Routes.Tokens, "a subject that is the broker's own", """{"name":"a","subject":"system"}""", "subject", "name the person");
        yield return Post(Routes.Tokens, "the subject of the first start", """{"name":"a","subject":"bootstrap"}""", "subject", "name the person");
        yield return Post(Routes.Tokens, "a group twice", """{"name":"a","subject":"b","groups":["x","x"]}""", "groups[1]", "give it once");
        yield return Post(Routes.Tokens, "more groups than a token has", $$"""{"name":"a","subject":"b","groups":[{{string.Join(',', Enumerable.Repeat("\"?\"", 10_500))}}]}""", "groups", "name fewer");
        foreach (string list in new[] { Routes.Keys, Routes.Tokens, Routes.Revocations, Routes.Projects, Routes.VisibleResources, Routes.Grants, Routes.Journal })
        {
            foreach (string cursor in new[] { "%22", "%3C", "%7B", "%60", "%5C" })
                yield return new($"a cursor {cursor} that no item has", "GET", $"{list}?after={cursor}", null, "after", "take it from the page before");
        }

        yield return Post(Routes.Tokens, "an unknown kind", """{"name":"a","kind":"robot"}""", "kind", "person, service");
        foreach ((string defect, string text) in Texts(100))
            yield return Post(Routes.Tokens, $"{defect} in the name", $$"""{"name":"{{text}}","subject":"b"}""", "name", "");
        foreach ((string defect, string text) in Names())
        {
            yield return Post(Routes.Tokens, $"{defect} in the subject", $$"""{"name":"a","subject":"{{text}}"}""", "subject", "a subject is");
            yield return Post(Routes.Tokens, $"{defect} in a group", $$"""{"name":"a","groups":["{{text}}"]}""", "groups[0]", "a group is");
        }
    }

    private static IEnumerable<BadInput> SignIns()
    {
        yield return Post(Routes.SshKeyChallenges, "no key", """{"publicKey":"hello"}""", "publicKey", ".pub file");
        yield return Post(Routes.SshKeySignIn, "a missing member", """{"challenge":"c"}""", "signature", "add it");
        yield return Post(Routes.SshKeySignIn, "a signature of nothing", """{"challenge":"c","signature":"s"}""", null, "ask for a new challenge")
            with
        { Status = 401, Type = ProblemTypes.Unauthenticated };
        yield return Post("/api/tokens/aaaaaaaaaaaaaaaa/rotate", "an unknown token", "{}", null, "sshfn token list") with { Status = 404, Type = ProblemTypes.NotFound };
        yield return Post(Routes.Tokens, "an address block with bits beyond its prefix", """{"name":"a","subject":"b","sourceAddresses":["10.0.0.1/8"]}""", "sourceAddresses[0]", "CIDR");
        yield return Post(Routes.Tokens, "no address at all", """{"name":"a","subject":"b","sourceAddresses":[]}""", "sourceAddresses", "leave them out");
        foreach ((string defect, string text) in Names())
            yield return Post(Routes.Tokens, $"{defect} in the user name", $$"""{"name":"a","subject":"b","userName":"{{text}}"}""", "userName", "a login is");
    }

    private static IEnumerable<BadInput> GitPasswords()
    {
        yield return Post(Routes.GitPasswords, "a port out of bounds", """{"host":"web.example.com","port":0}""", "port", "give 1 to 65535");
        yield return Post(Routes.GitPasswords, "an unknown host", """{"host":"nowhere.example.com"}""", null, "check host and port") with { Status = 404, Type = ProblemTypes.NotFound };
        foreach ((string defect, string text) in Names())
        {
            yield return Post(Routes.GitPasswords, $"{defect} in the host", $$"""{"host":"{{text}}"}""", "host", "");
            yield return Post(Routes.GitPasswords, $"{defect} in the login", $$"""{"host":"web.example.com","port":22,"login":"{{text}}"}""", "login", "a login is");
        }
    }

    // As they stand in JSON: what must not get into a principal, a key id or a line of a file.
    private static (string Defect, string Text)[] Names() =>
        [("a comma", "a,b"), ("a line break", "a\\nb"), ("a control character", "a\\u0007b"), ("a NUL", "a\\u0000b"), ("a blank", "a b"), ("a quote", "a\\\"b"), ("nothing", "")];

    private static (string Defect, string Text)[] Texts(int longest) =>
        [("a line break", "a\\nb"), ("a control character", "a\\u001bb"), ("a NUL", "a\\u0000b"), ("too much", new string('a', longest + 1))];

    private static BadInput Post(string path, string defect, string body, string? field, string fix) => new(defect, "POST", path, body, field, fix);

    private static BadInput Put(string path, string defect, string body, string? field, string fix) => new(defect, "PUT", path, body, field, fix);
}
