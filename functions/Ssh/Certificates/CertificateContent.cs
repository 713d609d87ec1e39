using System.Collections.Immutable;
using System.Security.Cryptography;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Ssh.Certificates;

/// <summary>What a certificate says: everything the CA signs, but the CA itself.</summary>
/// <remarks>Immutable; equal when every field is. Source: draft-miller-ssh-cert, "Certificate format".</remarks>
public sealed partial record CertificateContent
{
    /// <summary>Length of the nonce that is written, in bytes, as ssh-keygen writes it.</summary>
    public const int NonceBytes = 32;

    /// <summary>Most principals in one certificate. Source: SSHKEY_CERT_MAX_PRINCIPALS in OpenSSH's sshkey.h.</summary>
    public const int MaximumPrincipals = 256;

    /// <summary>A <see cref="ValidBefore"/> that never comes: all ones on the wire.</summary>
    public static DateTimeOffset Forever => DateTimeOffset.MaxValue;

    /// <summary>Random bytes that make what is signed unpredictable.</summary>
    /// <value>32 bytes when written; any length when read. Fresh random bytes by default.</value>
    public ReadOnlyMemory<byte> Nonce { get; init; } = RandomNumberGenerator.GetBytes(NonceBytes);

    /// <summary>The key the certificate is for.</summary>
    public required SshPublicKey SubjectKey { get; init; }

    /// <summary>The CA's number for this certificate; 0 means not numbered.</summary>
    public required ulong Serial { get; init; }

    /// <summary>Whether it is for a user or a host.</summary>
    public required CertificateType Type { get; init; }

    /// <summary>The text by which logs name the certificate.</summary>
    /// <value>At most 200 characters and no control characters when written (<see cref="Certificates.KeyId"/>); any text when read.</value>
    public required string KeyId { get; init; }

    /// <summary>The names it is valid for, in wire order.</summary>
    /// <value>1 to 256 names that are each a <see cref="Principal"/> when written; may be empty when read, which OpenSSH before 10.3
    /// takes for "any name".</value>
    public required ImmutableArray<string> ValidPrincipals { get; init; }

    /// <summary>First second at which the certificate is valid.</summary>
    /// <value>UTC, whole seconds; inclusive; the Unix epoch means "since always".</value>
    /// <remarks>Source: draft-miller-ssh-cert, "valid after".</remarks>
    public required DateTimeOffset ValidAfter { get; init; }

    /// <summary>First second at which the certificate is no longer valid.</summary>
    /// <value>UTC, whole seconds; exclusive: valid while ValidAfter &lt;= now &lt; ValidBefore. <see cref="Forever"/> for no end.</value>
    /// <remarks>Source: draft-miller-ssh-cert, "valid before".</remarks>
    public required DateTimeOffset ValidBefore { get; init; }

    /// <summary>Options that a server must know or else refuse.</summary>
    /// <value>Sorted by name without duplicates when written; any order without duplicates when read.</value>
    public ImmutableArray<CertificateOption> CriticalOptions { get; init; } = [];

    /// <summary>Options that a server may not know.</summary>
    /// <value>Sorted by name without duplicates when written; any order without duplicates when read.</value>
    public ImmutableArray<CertificateOption> Extensions { get; init; } = [];

    /// <summary>Whether every field is the same.</summary>
    /// <param name="other">Another content.</param>
    /// <returns>Whether it says the same.</returns>
    public bool Equals(CertificateContent? other) =>
        other is not null
        && Serial == other.Serial
        && Type == other.Type
        && KeyId == other.KeyId
        && ValidAfter == other.ValidAfter
        && ValidBefore == other.ValidBefore
        && SubjectKey.Equals(other.SubjectKey)
        && Nonce.Span.SequenceEqual(other.Nonce.Span)
        && ValidPrincipals.AsSpan().SequenceEqual(other.ValidPrincipals.AsSpan())
        && CriticalOptions.AsSpan().SequenceEqual(other.CriticalOptions.AsSpan())
        && Extensions.AsSpan().SequenceEqual(other.Extensions.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Serial, Type, KeyId, SubjectKey, ValidAfter, ValidBefore);
}
