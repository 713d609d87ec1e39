using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Certificates;

/// <summary>A critical option or an extension of a certificate: a name, and data whose form the name decides.</summary>
/// <remarks>Source: draft-miller-ssh-cert, "Critical options" and "Extensions"; PROTOCOL.certkeys for the names.</remarks>
public sealed class CertificateOption : IEquatable<CertificateOption>
{
    /// <summary>Critical: the only command that may run.</summary>
    public const string ForceCommandName = "force-command";

    /// <summary>Critical: the addresses a login may come from.</summary>
    public const string SourceAddressName = "source-address";

    /// <summary>Critical, security keys only: the user must be verified by PIN or fingerprint.</summary>
    public const string VerifyRequiredName = "verify-required";

    /// <summary>Extension, security keys only: a signature counts although nobody touched the device.</summary>
    public const string NoTouchRequiredName = "no-touch-required";

    /// <summary>Extension: X11 forwarding is allowed.</summary>
    public const string PermitX11ForwardingName = "permit-X11-forwarding";

    /// <summary>Extension: agent forwarding is allowed.</summary>
    public const string PermitAgentForwardingName = "permit-agent-forwarding";

    /// <summary>Extension: port forwarding is allowed.</summary>
    public const string PermitPortForwardingName = "permit-port-forwarding";

    /// <summary>Extension: a terminal is allowed.</summary>
    public const string PermitPtyName = "permit-pty";

    /// <summary>Extension: the user's ~/.ssh/rc is run.</summary>
    public const string PermitUserRcName = "permit-user-rc";

    /// <summary>Makes an option from its raw data.</summary>
    /// <param name="name">The name: printable ASCII without spaces.</param>
    /// <param name="data">The data as it stands on the wire, without its own length; not copied.</param>
    /// <exception cref="ArgumentException">The name is empty or has another character in it.</exception>
    public CertificateOption(string name, ReadOnlyMemory<byte> data)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("An option's name is printable ASCII without spaces.", nameof(name));
        Name = name;
        Data = data;
    }

    /// <summary>Terminal allowed.</summary>
    public static CertificateOption PermitPty { get; } = new(PermitPtyName, default);

    /// <summary>Port forwarding allowed.</summary>
    public static CertificateOption PermitPortForwarding { get; } = new(PermitPortForwardingName, default);

    /// <summary>Agent forwarding allowed.</summary>
    public static CertificateOption PermitAgentForwarding { get; } = new(PermitAgentForwardingName, default);

    /// <summary>X11 forwarding allowed.</summary>
    public static CertificateOption PermitX11Forwarding { get; } = new(PermitX11ForwardingName, default);

    /// <summary>The user's ~/.ssh/rc is run.</summary>
    public static CertificateOption PermitUserRc { get; } = new(PermitUserRcName, default);

    /// <summary>Security keys: a signature counts without touch.</summary>
    public static CertificateOption NoTouchRequired { get; } = new(NoTouchRequiredName, default);

    /// <summary>Security keys: the user must be verified.</summary>
    public static CertificateOption VerifyRequired { get; } = new(VerifyRequiredName, default);

    /// <summary>The option's name.</summary>
    public string Name { get; }

    /// <summary>The data as it stands on the wire, without its own length; empty for a flag.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The only command that may run.</summary>
    /// <param name="command">The command, for the login shell; no control character.</param>
    /// <returns>The critical option.</returns>
    /// <exception cref="ArgumentException">The command is empty or has a control character.</exception>
    public static CertificateOption ForceCommand(string command) => WithValue(ForceCommandName, command);

    /// <summary>The addresses a login may come from.</summary>
    /// <param name="ranges">Addresses and CIDR ranges; at least one.</param>
    /// <returns>The critical option.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static CertificateOption SourceAddress(IEnumerable<System.Net.IPNetwork> ranges) =>
        WithValue(SourceAddressName, string.Join(',', ranges));

    /// <summary>An option that holds one text, as force-command and source-address do.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The text: not empty, no control character.</param>
    /// <returns>The option.</returns>
    /// <exception cref="ArgumentException">The name or the text is malformed.</exception>
    public static CertificateOption WithValue(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Any(char.IsControl) || !Utf16.IsWellFormed(value))
            throw new ArgumentException($"The value of {name} must not contain a control character.", nameof(value));

        using var data = new SshWriter(value.Length + sizeof(uint));
        data.WriteString(value);
        return new CertificateOption(name, data.ToArray());
    }

    /// <summary>Puts options into the order the format demands.</summary>
    /// <param name="options">Options with different names.</param>
    /// <returns>The same, sorted by name, byte by byte.</returns>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public static ImmutableArray<CertificateOption> Sorted(params IEnumerable<CertificateOption> options)
    {
        ImmutableArray<CertificateOption> sorted = [.. options.OrderBy(option => option.Name, StringComparer.Ordinal)];
        return FindDisorder(sorted) is { } name
            ? throw new ArgumentException($"The option {name} is given twice.", nameof(options))
            : sorted;
    }

    /// <summary>The text of an option that holds one.</summary>
    /// <param name="value">The text.</param>
    /// <returns>Whether the data is exactly one text.</returns>
    public bool TryGetValue([NotNullWhen(true)] out string? value)
    {
        var reader = new SshReader(Data.Span);
        value = reader.ReadText(Name);
        reader.ReadEnd(Name);
        if (reader.Failed)
            value = null;
        return value is not null;
    }

    /// <summary>Whether name and data are the same.</summary>
    /// <param name="other">Another option.</param>
    /// <returns>Whether it is the same option.</returns>
    public bool Equals(CertificateOption? other) =>
        other is not null && Name == other.Name && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CertificateOption);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Data.Length);

    /// <summary>The name, and the value where there is one.</summary>
    /// <returns>For people.</returns>
    public override string ToString() => Data.IsEmpty ? Name : TryGetValue(out string? value) ? $"{Name} {value}" : $"{Name} ({Data.Length} bytes)";

    /// <summary>The first name that is not greater than the one before it; null when sorted and unique.</summary>
    internal static string? FindDisorder(ImmutableArray<CertificateOption> options)
    {
        for (int index = 1; index < options.Length; index++)
        {
            if (string.CompareOrdinal(options[index - 1].Name, options[index].Name) >= 0)
                return options[index].Name;
        }

        return null;
    }
}
