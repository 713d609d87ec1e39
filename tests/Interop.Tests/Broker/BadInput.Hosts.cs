using SshFunctions.Api;

namespace SshFunctions.Interop.Tests.Broker;

/// <content>What enrolls hosts, what they send and fetch, and passcodes.</content>
public sealed partial record BadInput
{
    private const string Report = "/api/hosts/{host}/report";
    private const string Sessions = "/api/hosts/{host}/sessions";
    private const string Spent = "/api/hosts/{host}/spent-certificates";
    private const string AlarmAt = "\"time\":\"2030-01-01T00:00:00Z\"";
    private const string InForce = "\"trustVersion\":1,\"revocationListVersion\":1,\"sshdVersion\":\"9.2\",\"sshfnVersion\":\"0.1.0\"";

    private static (string Defect, string Key)[] BadKeys() =>
    [
        ("no key", "hello"), ("no key at all", ""), ("a truncated key", PublicKey[..^9]), ("two keys", $"{PublicKey}\\n{PublicKey}"),
        ("a key of another type than said", $"ssh-rsa {PublicKey.Split(' ')[1]}"), ("a key of 9,000 characters", $"{PublicKey} {new string('c', 9000)}"),
    ];

    private static IEnumerable<BadInput> Enrollment()
    {
        const string Web = "\"resource\":\"acme/production/web\"";
        yield return Post(Routes.EnrollmentTokens, "an environment", """{"resource":"acme/production"}""", "resource", "a host is a resource");
        yield return Missing(Post(Routes.EnrollmentTokens, "an unknown resource", """{"resource":"acme/production/none"}""", null, "list them"));
        yield return Post(Routes.EnrollmentTokens, "an unknown instance", $$"""{{{Web}},"instance":7}""", "instance", "add an address of it");
        yield return Post(Routes.EnrollmentTokens, "an instance below 0", $$"""{{{Web}},"instance":-1}""", "instance", "");
        foreach (int seconds in new[] { -1, 59, 86401 })
            yield return Post(Routes.EnrollmentTokens, $"a life of {seconds} s", $$"""{{{Web}},"lifetimeSeconds":{{seconds}}}""", "lifetimeSeconds", "give 60 to 86400 seconds");
        foreach ((string defect, string text) in Names())
            yield return Post(Routes.EnrollmentTokens, $"{defect} in the resource", $$"""{"resource":"acme/production/{{text}}"}""", "resource", "a name is");
        yield return Missing(new("an unknown enrollment token", "DELETE", Routes.EnrollmentTokens + "/aaaaaaaaaaaaaaaa", null, null, "list them"));
        foreach (string list in new[] { Routes.EnrollmentTokens, Routes.Hosts })
            yield return new("a cursor %22 that no item has", "GET", $"{list}?after=%22", null, "after", "take it from the page before");
        yield return new("a path that is none", "GET", Routes.Hosts + "?path=a,b", null, "path", "a path is");
        foreach (string method in new[] { "GET", "DELETE" })
            yield return Missing(new("an unknown host", method, Routes.Hosts + "/aaaaaaaaaaaaaaaa", null, null, "sshfn host list"));

        string keys = $"\"hostKeys\":[\"{PublicKey}\"],\"sshdVersion\":\"9.2\"";
        const string Proof = "\"enrollmentToken\":\"{enrollment-token}\"";
        yield return Post(Routes.Hosts, "no proof", $"{{{keys}}}", "enrollmentToken", "exactly one of");
        yield return Post(Routes.Hosts, "two proofs", $$"""{{{keys}},"enrollmentToken":"a.b","identityToken":"a.b.c"}""", "enrollmentToken", "exactly one of");
        yield return Post(Routes.Hosts, "a proof of nothing", $$"""{{{keys}},"enrollmentToken":"a.b"}""", null, "") with { Status = 401, Type = ProblemTypes.Unauthenticated };
        yield return Post(Routes.Hosts, "no host keys", $$"""{"hostKeys":[],"sshdVersion":"9.2",{{Proof}}}""", "hostKeys", "send 1 to 8");
        yield return Post(Routes.Hosts, "nine host keys", $$"""{"hostKeys":[{{string.Join(',', Enumerable.Repeat("\"x\"", 9))}}],"sshdVersion":"9.2",{{Proof}}}""", "hostKeys", "send 1 to 8");
        yield return Post(Routes.Hosts, "a host key twice", $$"""{"hostKeys":["{{PublicKey}}","{{PublicKey}}"],"sshdVersion":"9.2",{{Proof}}}""", "hostKeys[1]", "give it once");
        foreach ((string defect, string key) in BadKeys())
            yield return Post(Routes.Hosts, defect, $$"""{"hostKeys":["{{key}}"],"sshdVersion":"9.2",{{Proof}}}""", "hostKeys[0]", ".pub file");
        foreach ((string defect, string text) in Texts(253))
        {
            yield return Post(Routes.Hosts, $"{defect} in the name", $$"""{{{keys}},"name":"{{text}}",{{Proof}}}""", "name", "");
            yield return Post(Routes.Hosts, $"{defect} in the version of sshd", $$"""{"hostKeys":["{{PublicKey}}"],"sshdVersion":"{{text}}",{{Proof}}}""", "sshdVersion", "");
        }
    }

    private static IEnumerable<BadInput> OfHosts()
    {
        foreach ((string route, string body) in new[] { (Report, $"{{{InForce}}}"), (Sessions, """{"events":[]}"""), (Spent, """{"certificate":"c","login":"deploy","session":"s"}""") })
        {
            yield return Post(route, "no host", body, null, "sshfn host enroll") with { Status = 403, Type = ProblemTypes.Denied };
            yield return OfHost(Post(route.Replace("{host}", "aaaaaaaaaaaaaaaa", StringComparison.Ordinal), "another host", body, null, "in the path")) with { Status = 403, Type = ProblemTypes.Denied };
            yield return OfHost(Post(route.Replace("{host}", "UPPER", StringComparison.Ordinal), "an identifier that is none", body, "id", "a host is named by"));
        }

        yield return OfHost(Post(Report, "a trust bundle below 0", """{"trustVersion":-1,"revocationListVersion":1,"sshdVersion":"9.2","sshfnVersion":"0.1.0"}""", "trustVersion", "in force"));
        yield return OfHost(Post(Report, "a KRL below 0", """{"trustVersion":1,"revocationListVersion":-1,"sshdVersion":"9.2","sshfnVersion":"0.1.0"}""", "revocationListVersion", "in force"));
        yield return Alarm("a name with a blank", $$"""{"id":"a b","kind":"session","detail":"d",{{AlarmAt}}}""", "alarms[0].id", "give 1 to 64 letters");
        yield return Alarm("an unknown kind", $$"""{"id":"a","kind":"weather","detail":"d",{{AlarmAt}}}""", "alarms[0].kind", "revocation-list, trust-bundle");
        yield return Alarm("a time without a zone", """{"id":"a","kind":"session","detail":"d","time":"2030-01-01T00:00:00"}""", "alarms[0].time", "a time with offset");
        string alarm = $$"""{"id":"a","kind":"session","detail":"d",{{AlarmAt}}}""";
        yield return Alarm("101 of them", string.Join(',', Enumerable.Repeat(alarm, 101)), "alarms", "with the next report");
        yield return OfHost(Post(Sessions, "no events", """{"events":[]}""", "events", "send 1 to 100"));
        yield return Event("101 of them", string.Join(',', Enumerable.Repeat(Opened("s"), 101)), "events", "send 1 to 100");
        foreach ((string defect, string text) in Names())
            yield return Event($"{defect} in the session", Opened(text), "events[0].session", "give 1 to 64 letters");
        yield return Event("an unknown step", Opened("s").Replace("opened", "paused", StringComparison.Ordinal), "events[0].event", "opened, closed, ended");
        yield return Event("an unknown method", Opened("s").Replace("other", "magic", StringComparison.Ordinal), "events[0].method", "certificate, key");
        yield return Event("a serial below 0", Opened("s").Replace("\"other\"", "\"passcode\",\"serial\":-1", StringComparison.Ordinal), "events[0].serial", "a whole number from 0");
        yield return OfHost(Post(Spent, "no certificate", """{"certificate":"hello","login":"deploy","session":"s"}""", "certificate", "send what sshd names"));
        foreach ((string defect, string text) in Names())
        {
            yield return OfHost(Post(Spent, $"{defect} in the login", $$"""{"certificate":"c","login":"{{text}}","session":"s"}""", "login", "a login is"));
            yield return OfHost(Post(Routes.AuthorizeKey, $"{defect} in the login", $$"""{"login":"{{text}}","publicKey":"{{PublicKey}}"}""", "login", "a login is"));
            yield return OfHost(Post(Routes.PasscodeRedemptions, $"{defect} in the login", $$"""{"passcode":"p","login":"{{text}}"}""", "login", "a login is"));
        }

        foreach ((string defect, string key) in BadKeys())
        {
            yield return OfHost(Post(Routes.AuthorizeKey, defect, $$"""{"login":"deploy","publicKey":"{{key}}"}""", "publicKey", ".pub file"));
            yield return OfHost(Post(Routes.HostCertificates, defect, $$"""{"publicKey":"{{key}}"}""", "publicKey", ".pub file"));
            yield return OfHost(Post(Routes.TunnelCertificates, defect, $$"""{"publicKey":"{{key}}"}""", "publicKey", ".pub file"));
        }

        yield return Missing(OfHost(Post(Routes.TunnelCertificates, "no tunnel", $$"""{"publicKey":"{{PublicKey}}"}""", null, "--tunnel")));
        foreach (string route in new[] { Routes.HostCertificates, Routes.TunnelCertificates, Routes.AuthorizeKey })
            yield return Post(route, "no host", $$"""{{{(route == Routes.AuthorizeKey ? "\"login\":\"deploy\"," : "")}}"publicKey":"{{PublicKey}}"}""", null, "sshfn host enroll") with { Status = 403, Type = ProblemTypes.Denied };
        foreach (string address in new[] { "10", "010.0.0.1", "web.example.com", "192.0.2.0/24" })
            yield return OfHost(Post(Routes.PasscodeRedemptions, $"{address} for an address", $$"""{"passcode":"p","login":"deploy","sourceAddress":"{{address}}"}""", "sourceAddress", "give one such as"));

        BadInput Alarm(string defect, string alarms, string field, string fix) =>
            OfHost(Post(Report, $"{defect} in an alarm", $$"""{{{InForce}},"alarms":[{{alarms}}]}""", field, fix));
        BadInput Event(string defect, string events, string field, string fix) => OfHost(Post(Sessions, defect, $$"""{"events":[{{events}}]}""", field, fix));
        string Opened(string session) => $$"""{"session":"{{session}}","event":"opened","time":"2030-01-01T00:00:00Z","login":"deploy","method":"other"}""";
    }

    // Fewer than a caller may ask for in a minute.
    private static IEnumerable<BadInput> Passcodes()
    {
        const string Web = "\"resource\":\"acme/production/web\"";
        yield return Post(Routes.Passcodes, "a path that is none", """{"resource":"a,b","login":"deploy"}""", "resource", "a path is");
        yield return Missing(Post(Routes.Passcodes, "an environment", """{"resource":"acme/production","login":"deploy"}""", null, "list them"));
        yield return Missing(Post(Routes.Passcodes, "an unknown resource", """{"resource":"acme/production/none","login":"deploy"}""", null, "list them"));
        foreach ((string defect, string text) in new[] { ("a comma", "a,b"), ("a line break", "a\\nb"), ("nothing", "") })
            yield return Post(Routes.Passcodes, $"{defect} in the login", $$"""{{{Web}},"login":"{{text}}"}""", "login", "a login is");
        foreach (string address in new[] { "10", "192.0.2.0/24" })
            yield return Post(Routes.Passcodes, $"{address} for an address", $$"""{{{Web}},"login":"deploy","sourceAddress":"{{address}}"}""", "sourceAddress", "give one such as");
        yield return Post(Routes.Passcodes, "an instance below 0", $$"""{{{Web}},"login":"deploy","instance":-1}""", "instance", "give 0 to");
        foreach (int seconds in new[] { 29, 901 })
            yield return Post(Routes.Passcodes, $"a life of {seconds} s", $$"""{{{Web}},"login":"deploy","lifetimeSeconds":{{seconds}}}""", "lifetimeSeconds", "give 30 to 900 seconds");
    }

    private static IEnumerable<BadInput> RevocationList()
    {
        foreach (string wait in new[] { "51", "-1", "%2B1", "1.5", "soon", "", "99999999999" })
            yield return new($"'{wait}' seconds", "GET", $"{Routes.RevocationList}?wait={wait}", null, "wait", "give 0 to 50 seconds");
        yield return new("two waits", "GET", $"{Routes.RevocationList}?wait=1&wait=2", null, "wait", "give it once");
    }

    private static BadInput OfHost(BadInput row) => row with { IsOfHost = true };

    private static BadInput Missing(BadInput row) => row with { Status = 404, Type = ProblemTypes.NotFound };
}
