using System.Diagnostics.CodeAnalysis;

namespace SshFunctions.Core.Resources;

/// <summary>Where a resource, or one numbered instance of it, is reached: one address, or every name below a domain.</summary>
/// <param name="Address">The address; of a pattern the domain, without <c>*.</c>.</param>
/// <param name="IsPattern">Whether every name below the domain is meant, at any depth, and not the domain itself.</param>
/// <param name="Instance">Number of the instance, 0 to <see cref="MaximumInstance"/>; null for the resource as a whole.</param>
public readonly record struct ResourceHost(HostAddress Address, bool IsPattern = false, int? Instance = null)
{
    /// <summary>Highest number of an instance.</summary>
    public const int MaximumInstance = 9999;

    /// <summary>The bounds of a name, for people.</summary>
    public const string NameRule = HostAddress.NameRule + "; or '*.' before a domain of two or more labels";

    private const string PatternPrefix = "*.";

    /// <summary>The name as it is written: a host name, an IP address, or <c>*.example.com</c>.</summary>
    public string Name => IsPattern ? PatternPrefix + Address.Name : Address.Name;

    /// <summary>Makes one of its parts.</summary>
    /// <param name="name">Host name, IP address, or <c>*.</c> and a domain of two or more labels; any case.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="instance">Number of the instance; null for none.</param>
    /// <param name="host">The host, its name in its one spelling.</param>
    /// <returns>Whether all are within bounds. A pattern over a top-level domain would take in strangers' hosts.</returns>
    public static bool TryCreate([NotNullWhen(true)] string? name, int port, int? instance, out ResourceHost host)
    {
        host = default;
        bool pattern = name?.StartsWith(PatternPrefix, StringComparison.Ordinal) == true;
        if (!HostAddress.TryCreate(pattern ? name![PatternPrefix.Length..] : name, port, out HostAddress address)
            || instance is < 0 or > MaximumInstance
            || (pattern && (address.IsNumeric || !address.Name.Contains('.', StringComparison.Ordinal))))
            return false;
        host = new ResourceHost(address, pattern, instance);
        return true;
    }

    /// <summary>Whether an address is this one, or below this domain on this port.</summary>
    /// <param name="address">Where a client goes.</param>
    /// <returns>Whether it leads here.</returns>
    public bool Covers(HostAddress address) => IsPattern
        ? address.Port == Address.Port && !address.IsNumeric && address.Name.EndsWith("." + Address.Name, StringComparison.Ordinal)
        : address == Address;

    /// <summary>The text.</summary>
    /// <returns>Name and port.</returns>
    public override string ToString() => IsPattern ? PatternPrefix + Address : Address.ToString();
}
