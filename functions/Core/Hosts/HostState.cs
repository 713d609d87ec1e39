namespace SshFunctions.Core.Hosts;

/// <summary>What a host last said of itself.</summary>
/// <param name="Received">UTC, the broker's clock.</param>
/// <param name="TrustVersion">Version of the trust bundle in force there.</param>
/// <param name="RevocationListVersion">Version of the KRL in force there.</param>
/// <param name="SshdVersion">For example <c>9.2</c>.</param>
/// <param name="SshfnVersion">Version of its <c>sshfn</c>.</param>
/// <param name="Passcodes">Whether its sshd takes passcodes.</param>
/// <param name="PasscodePort">The only port on which it does, TCP; null for every port.</param>
public sealed record HostState(
    DateTimeOffset Received, long TrustVersion, long RevocationListVersion, string SshdVersion, string SshfnVersion,
    bool Passcodes = false, int? PasscodePort = null);
