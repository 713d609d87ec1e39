namespace SshFunctions.Api;

/// <summary>Body of ReportHost.</summary>
/// <param name="TrustVersion">Version of the trust bundle in force.</param>
/// <param name="RevocationListVersion">Version of the KRL in force.</param>
/// <param name="SshdVersion">For example <c>9.2</c>.</param>
/// <param name="SshfnVersion">Version of <c>sshfn</c>.</param>
/// <param name="Alarms">What the host refused or noticed since its last report, at most 100.</param>
/// <param name="Passcodes">Whether its sshd takes passcodes.</param>
/// <param name="PasscodePort">The only port on which it does; absent: every port.</param>
public sealed record ReportHostRequest(
    long TrustVersion, long RevocationListVersion, string SshdVersion, string SshfnVersion, IReadOnlyList<HostAlarm>? Alarms = null,
    bool Passcodes = false, int? PasscodePort = null);
