namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>The values of <see cref="Api.HostAlarm.Kind"/> that the agent raises.</summary>
internal static class AlarmKind
{
    internal const string RevocationList = "revocation-list";
    internal const string TrustBundle = "trust-bundle";
    internal const string Configuration = "configuration";
    internal const string Certificate = "certificate";
    internal const string Session = "session";
}
