using SshFunctions.Api;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http.Contract;

/// <summary>Rotations as the API writes them.</summary>
internal static class RotationContract
{
    private const int ShownLaggardCount = 200;
    private const int ShownRetiredCount = 10;

    public static KeyRotationResponse Of(RotationStatus status, bool dryRun = false)
    {
        var wait = status.Step as RotationStep.Wait;
        return new KeyRotationResponse(
            status.Purpose.Text(),
            StateOf(status),
            status.TrustVersion,
            [.. Shown(status.Keys).Select(Of)],
            status.Rotation?.IsEmergency ?? false,
            status.Rotation?.Started,
            status.Rotation?.StartedBy.Text,
            wait?.Reason,
            wait?.Until,
            status.Rotation?.RolledBack,
            status.Hosts?.HoldingCount,
            status.Hosts?.ReportingCount,
            status.Hosts?.Laggards.Length ?? 0,
            [.. (status.Hosts?.Laggards ?? []).Take(ShownLaggardCount).Select(Of)],
            dryRun);
    }

    public static string StateText(SigningKeyState state) => state switch
    {
        SigningKeyState.Staged => "staged",
        SigningKeyState.Published => "published",
        SigningKeyState.Active => "active",
        SigningKeyState.Retiring => "retiring",
        _ => "retired",
    };

    private static string StateOf(RotationStatus status) => status.Rotation switch
    {
        null => "idle",
        { RolledBack: not null } => "rolled-back",
        { } rotation => status.Keys.Single(key => key.Id == rotation.Key).State switch
        {
            SigningKeyState.Active => "retiring",
            var state => StateText(state),
        },
    };

    private static IEnumerable<SigningKey> Shown(IReadOnlyCollection<SigningKey> keys) =>
        [.. keys.Where(key => key.State == SigningKeyState.Retired).TakeLast(ShownRetiredCount), .. keys.Where(key => key.State != SigningKeyState.Retired)];

    private static SigningKeyResponse Of(SigningKey key) => new(
        SshPublicKey.Parse(key.PublicKey).Fingerprint.ToString(),
        key.PublicKey,
        StateText(key.State),
        key.Staged,
        key.Published,
        key.Activated,
        key.LastExpiry,
        key.Retired,
        key.IsCutOff,
        key.Aborted,
        key.TrustedUntil);

    private static LaggardResponse Of(Laggard laggard) => new(
        laggard.Host.Host.Text,
        laggard.Host.Resource,
        laggard.Host.Name,
        laggard.Host.LastReport,
        laggard.Host.TrustVersion,
        laggard.IsSilent,
        laggard.IsFailing ? laggard.Host.Refusal : null);
}
