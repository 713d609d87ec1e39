using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Timer;

/// <summary>Carries rotations of signing keys on as far as the hosts are, and begins those that the schedule wants.</summary>
internal sealed class RotateCaKeys : ITimerFunction
{
    public TimerFunctionDeclaration Declaration { get; } = new(
        nameof(RotateCaKeys),
        "Carries on the rotation of signing keys, and begins what the schedule wants.",
        "15 */5 * * * *",
        TimeSpan.FromMinutes(5));

    public Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<KeyRotations>().RunAsync(cancellationToken);
}
