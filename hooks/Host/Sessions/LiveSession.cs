using SshFunctions.Api;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>A connection that is open here, and what opened it.</summary>
/// <param name="Id">Monitor, start and chance: <c>4711-123456-0123456789abcdef</c>; never used twice.</param>
/// <param name="Monitor">The process of sshd that lives as long as the connection.</param>
/// <param name="Started">When that process began, in ticks since the machine did.</param>
/// <param name="Opened">UTC.</param>
/// <param name="Login">Unix account.</param>
/// <param name="Method"><c>certificate</c>, <c>key</c>, <c>passcode</c> or <c>other</c>.</param>
/// <param name="SourceAddress">Where the client connected from; null when sshd did not say.</param>
/// <param name="Certificate">With <c>certificate</c>: the whole of it.</param>
/// <param name="Key">With <c>key</c>: the public key.</param>
/// <param name="Serial">With <c>passcode</c>: its serial.</param>
/// <param name="Subject">With <c>passcode</c>: who minted it.</param>
/// <param name="EndReason">Why it is being ended; null while it is not.</param>
internal sealed record LiveSession(
    string Id,
    int Monitor,
    ulong Started,
    DateTimeOffset Opened,
    string Login,
    string Method,
    string? SourceAddress = null,
    string? Certificate = null,
    string? Key = null,
    ulong? Serial = null,
    string? Subject = null,
    string? EndReason = null)
{
    internal const string ByCertificate = "certificate";
    internal const string ByKey = "key";
    internal const string ByPasscode = "passcode";
    internal const string ByOther = "other";

    internal SessionEvent ToEvent(string kind, DateTimeOffset time) =>
        new(Id, kind, time, Login, Method, SourceAddress, Certificate, Key, Serial, kind == SessionKind.Ended ? EndReason : null);
}
