using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Rotation;

/// <summary>Rotations as people read them.</summary>
internal static class RotationText
{
    internal static string Render(IEnumerable<KeyRotationResponse> rotations)
    {
        KeyRotationResponse[] all = [.. rotations];
        return Keys(all) + Waits(all) + string.Concat(all.Where(rotation => rotation.LaggardCount > 0).Select(Laggards));
    }

    /// <summary>What a rotation waits for, in one line; null for nothing.</summary>
    internal static string? WaitOf(KeyRotationResponse rotation)
    {
        if (rotation.Waits is null)
            return rotation.RolledBack is { } back ? $"{rotation.Purpose}: taken back: {back}" : null;
        string until = rotation.Until is { } time ? $", until {Moment.Text(time)} at the earliest" : "";
        string back2 = rotation.RolledBack is { } reason ? $" (taken back: {reason})" : "";
        return $"{rotation.Purpose}: {rotation.Waits}{until}{back2}";
    }

    private static string Keys(KeyRotationResponse[] rotations)
    {
        Table table = new("purpose", "rotation", "key", "state", "since", "trusted until");
        foreach (KeyRotationResponse rotation in rotations)
        {
            foreach (SigningKeyResponse key in rotation.Keys.Where(key => key.State != "retired"))
                table.Add(rotation.Purpose, rotation.State, key.Fingerprint, key.State, Moment.Text(key.Activated ?? key.Published ?? key.Staged), Moment.Text(key.TrustedUntil));
        }

        return table.Render();
    }

    private static string Waits(KeyRotationResponse[] rotations) => string.Concat(rotations.Select(WaitOf).OfType<string>().Select(line => $"\n{Printable.Line(line)}\n"));

    private static string Laggards(KeyRotationResponse rotation)
    {
        Table table = new("laggard", "resource", "name", "last report", "trust version", "why");
        foreach (LaggardResponse host in rotation.Laggards)
        {
            string why = host.Refusal is { } refusal ? $"refuses: {refusal}" : host.Silent ? "silent" : "behind";
            table.Add(host.Host, host.Resource, host.Name, Moment.Text(host.LastReport), host.TrustVersion.ToString(CultureInfo.InvariantCulture), why);
        }

        int more = rotation.LaggardCount - rotation.Laggards.Count;
        return "\n" + table.Render() + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {more} more\n") : "");
    }
}
