using SshFunctions.Api;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Alias;

/// <summary>Addresses that did not answer when <c>sshfn doctor</c> last tried them, one per line.</summary>
internal sealed class BlockedPorts
{
    private readonly HashSet<string> _addresses;

    private BlockedPorts(IEnumerable<string> addresses) => _addresses = [.. addresses];

    internal static BlockedPorts Read(Folders folders) => new(Files.Read(folders.BlockedPorts)?.Split('\n') ?? []);

    internal bool Contains(HostAddress address) => _addresses.Contains(HostText.AddressText(address));

    /// <summary>Notes what was found out; what was not tried stays as it was.</summary>
    internal void Write(Folders folders, IEnumerable<(HostAddress Address, bool Answers)> tried)
    {
        foreach ((HostAddress address, bool answers) in tried)
        {
            if (answers)
                _addresses.Remove(HostText.AddressText(address));
            else
                _addresses.Add(HostText.AddressText(address));
        }

        Ownership.EnsureFolder(folders.State);
        Files.Write(folders.BlockedPorts, string.Join('\n', _addresses.Order(StringComparer.Ordinal)), Files.Private);
    }
}
