using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Rotation;

/// <summary>Begins the rotation of a signing key; with <c>--wait</c> it stays until the new key signs.</summary>
internal sealed class RotateKeyCommand : SshfnCommand
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private readonly Argument<string> _purpose = new("purpose") { Description = "user-ca, host-ca or journal" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell what would happen, and which hosts would hold it up or be cut off" };
    private readonly Option<bool> _emergency = new("--emergency") { Description = "The old key was stolen: wait for nobody, and let nothing count that it signed" };
    private readonly Option<bool> _confirm = new("--confirm-cut-off") { Description = "Needed with --emergency: hosts and clients that have not learned of the new key are cut off until they do" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Stay until the new key signs, or the rotation is taken back" };

    internal RotateKeyCommand()
        : base(
            "rotate", "Put a new signing key in the place of the present one",
            "sshfn ca rotate user-ca --dry-run\nsshfn ca rotate user-ca --wait\nsshfn ca rotate user-ca --emergency --confirm-cut-off")
    {
        Notes = "The new key is published first, and signs when the hosts report that they trust it; sshfn ca status lists those that do not. Where no host reports, it waits a day (the broker's --rotation-hand-hosts-hours): give the new key to hosts set up by hand meanwhile.";
        Arguments.Add(_purpose);
        foreach (Option option in new Option[] { _dryRun, _emergency, _confirm, _wait })
            Options.Add(option);
        Run(RotateAsync);
    }

    private async Task<int> RotateAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        bool dryRun = arguments.GetValue(_dryRun);
        bool emergency = arguments.GetValue(_emergency);
        if (emergency && !dryRun && !arguments.GetValue(_confirm))
        {
            throw new CommandFailedException(
                ExitCode.Usage, "an emergency rotation cuts off whoever has not learned of the new key", "look first with --dry-run, then add --confirm-cut-off");
        }

        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(
            Routes.KeyRotations, new RotateKeyRequest(arguments.GetValue(_purpose)!, emergency, dryRun), Contract.Json.RotateKeyRequest, cancellationToken);
        KeyRotationResponse rotation = answer.Read(Contract.Json.KeyRotationResponse);
        string? coming = rotation.Keys.FirstOrDefault(key => key.State is "staged" or "published")?.Fingerprint;
        if (arguments.GetValue(_wait) && !dryRun)
            rotation = await WaitAsync(client, rotation, cancellationToken);
        Terminal.Raw(WantsJson(arguments) ? Json.Render(answer) : RotationText.Render([rotation]));
        // A plan tells of what would begin; what was taken back before is no fault of it.
        if (!dryRun && (rotation.Keys.FirstOrDefault(key => key.Fingerprint == coming)?.Aborted ?? rotation.RolledBack) is { } why)
            throw new CommandFailedException(ExitCode.Conflict, $"the rotation of {rotation.Purpose} was taken back: {why}", "look at the hosts: sshfn ca status; then begin again");
        return ExitCode.Done;
    }

    private static async Task<KeyRotationResponse> WaitAsync(BrokerClient client, KeyRotationResponse rotation, CancellationToken cancellationToken)
    {
        string? said = null;
        while (rotation.State is "staged" or "published")
        {
            if (RotationText.WaitOf(rotation) is { } waits && waits != said)
                Terminal.Note(said = waits);
            await Task.Delay(BetweenLooks, cancellationToken);
            rotation = (await client.GetAsync(Routes.KeyRotations, cancellationToken)).Read(Contract.Json.KeyRotationsResponse)
                .Rotations.Single(each => each.Purpose == rotation.Purpose);
        }

        return rotation;
    }
}
