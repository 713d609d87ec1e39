using System.Collections.Immutable;

namespace SshFunctions.App.Http;

/// <summary>Blocks for an ssh_config file that name no path of a machine: <c>sshfn</c> in PATH, its folders where they are by default.</summary>
/// <remarks>
/// ssh expands <c>~</c> in these options, and the tokens when the destination is settled. The hook steps aside where a host below a
/// pattern is no resource, so its options hold only where it said so. Source: ssh_config(5), Match, Include, TOKENS.
/// </remarks>
internal static class SshConfigBlock
{
    private const string Head = "# Needs sshfn in PATH and signed in; `sshfn config-ssh` writes the same and trusts the host CA too.\n";

    private const string Aliases = """
        Match !final originalhost "sshfn.*" exec "exec sshfn alias '%n'"
          Include ~/.local/state/sshfn/aliases/*.conf
        Match final originalhost "sshfn.*" !host "sshfn.*" exec "exec sshfn cert '%h' '%p' '%r'"

        """;

    private const string Options = """
          IdentityFile ~/.local/state/sshfn/destinations/%r@%h:%p/current/key
          CertificateFile ~/.local/state/sshfn/destinations/%r@%h:%p/current/key-cert.pub
          IdentitiesOnly yes

        """;

    /// <summary>For names such as sshfn.web, and for every resource below a pattern.</summary>
    public static string ForPatterns(ImmutableArray<string> patterns) => patterns.IsEmpty
        ? Head + Aliases
        : $"{Head}{Aliases}Match final host \"{string.Join(',', patterns)}\" !originalhost \"sshfn.*\" exec \"exec sshfn cert --step-aside '%h' '%p' '%r'\"\n{Options}";

    /// <summary>For one host; without a fall-back to the user's own keys, because somebody said that it is a resource.</summary>
    public static string ForHost(string host) =>
        $"{Head}Match final host \"{host}\" exec \"exec sshfn cert '%h' '%p' '%r'\"\nMatch host \"{host}\"\n{Options}";
}
