using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Lines;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class LineFuzzTests
{
    private readonly SshPublicKey _key = Samples.PublicKey("ssh-ed25519");

    // These are written here and read by sshd: whatever is put into them, they stay one line, and the value comes out as it went in.
    [Fact(Timeout = 1_800_000)]
    public async Task A_line_for_sshd_holds_what_was_put_into_it_and_nothing_else()
    {
        var texts = new TextMutator("echo \"hi\" \\there", "internal-sftp -R", "10.0.0.0/8", "*.example.com", "alice@acme/production/web", "127.0.0.1", "2001:db8::1", "LANG", "it's # not a comment");
        await new FuzzRun("lines of authorized_keys, principals, known_hosts").RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            return FaultOf("command", text, () => new AuthorizedKeysLine(_key, [AuthorizedKeysOption.Restrict, AuthorizedKeysOption.Command(text)]).ToString())
                ?? FaultOf("environment", "X=" + text, () => new AuthorizedKeysLine(_key, [AuthorizedKeysOption.Restrict, AuthorizedKeysOption.Environment("X", text)]).ToString())
                ?? FaultOf("from", text, () => new AuthorizedKeysLine(_key, [AuthorizedKeysOption.Restrict, AuthorizedKeysOption.From(text)]).ToString())
                ?? FaultOfPrincipal(text) ?? FaultOfHost(text);
        });
    }

    private string? FaultOf(string name, string value, Func<string> make)
    {
        if (Try(make) is not { } line) return null;
        if (!line.EndsWith(' ' + _key.ToText(), StringComparison.Ordinal) || line.Any(char.IsControl)) return $"{name}: not one line before the key";
        return ReadOption(line, $"restrict,{name}=\"") == value ? null : $"{name}: sshd would read {line}";
    }

    private static string? FaultOfPrincipal(string text) =>
        Principal.TryParse(text, out Principal principal, out _) && Try(() => new AuthorizedPrincipalsLine(principal, [AuthorizedKeysOption.Restrict]).ToString()) is { } line && line != "restrict " + text
            ? $"principal: {line}"
            : null;

    private string? FaultOfHost(string text) =>
        Try(() => KnownHostsLine.CertAuthority([text], _key).ToString()) is { } line && line.Split(' ') is not ["@cert-authority", var host, _, _]
            ? $"known_hosts: {line}"
            : null;

    // As opt_dequote of OpenSSH's auth-options.c: to the first quote without a backslash before it; \" is a quote.
    private static string? ReadOption(string line, string prefix)
    {
        if (!line.StartsWith(prefix, StringComparison.Ordinal)) return null;
        var value = new System.Text.StringBuilder();
        for (int at = prefix.Length; at < line.Length; at++)
        {
            if (line[at] == '"') return line[at + 1] == ' ' ? value.ToString() : null;
            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] == '"') at++;
            value.Append(line[at]);
        }

        return null;
    }

    private static string? Try(Func<string> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
