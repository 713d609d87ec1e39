using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>A new signing key was made.</summary>
    /// <param name="Purpose">What it is to sign.</param>
    /// <param name="Key">Its fingerprint.</param>
    /// <param name="Predecessor">Fingerprint of the key that it is to follow.</param>
    /// <param name="Emergency">Whether it is to wait for nobody.</param>
    public sealed record SigningKeyStaged(KeyPurpose Purpose, string Key, string Predecessor, bool Emergency) : JournalEvent;

    /// <summary>A new signing key entered the trust bundle.</summary>
    /// <param name="Purpose">What it is to sign.</param>
    /// <param name="Key">Its fingerprint.</param>
    /// <param name="TrustVersion">The version of the bundle that names it.</param>
    public sealed record SigningKeyPublished(KeyPurpose Purpose, string Key, long TrustVersion) : JournalEvent;

    /// <summary>A signing key took over.</summary>
    /// <param name="Purpose">What it signs.</param>
    /// <param name="Key">Its fingerprint.</param>
    /// <param name="Predecessor">Fingerprint of the key that signs no more.</param>
    /// <param name="TrustVersion">The version of the bundle that says so.</param>
    /// <param name="HostsLeftBehind">Hosts that did not hold it, by the operator's choice; the first hundred.</param>
    /// <param name="HostsLeftBehindCount">How many there were.</param>
    public sealed record SigningKeyActivated(
        KeyPurpose Purpose, string Key, string Predecessor, long TrustVersion, ImmutableArray<string> HostsLeftBehind, int HostsLeftBehindCount) : JournalEvent;

    /// <summary>A signing key signs no more, and is trusted still.</summary>
    /// <param name="Purpose">What it signed.</param>
    /// <param name="Key">Its fingerprint.</param>
    /// <param name="LastExpiry">UTC; nothing that it signed counts after this.</param>
    public sealed record SigningKeyRetiring(KeyPurpose Purpose, string Key, DateTimeOffset LastExpiry) : JournalEvent;

    /// <summary>A signing key left the trust bundle; nothing that it signed counts any more.</summary>
    /// <param name="Purpose">What it signed.</param>
    /// <param name="Key">Its fingerprint.</param>
    /// <param name="TrustVersion">The first version of the bundle without it.</param>
    public sealed record SigningKeyRetired(KeyPurpose Purpose, string Key, long TrustVersion) : JournalEvent;

    /// <summary>A rotation was taken back.</summary>
    /// <param name="Purpose">Of which purpose.</param>
    /// <param name="Key">Fingerprint of the key that should have come.</param>
    /// <param name="Predecessor">Fingerprint of the key that signs.</param>
    /// <param name="TrustVersion">The version of the bundle that says so.</param>
    /// <param name="Reason">Why.</param>
    public sealed record SigningKeyAborted(KeyPurpose Purpose, string Key, string Predecessor, long TrustVersion, string Reason) : JournalEvent;

    /// <summary>A signing key was replaced at once, and what it had signed counts no more.</summary>
    /// <param name="Purpose">What it signed.</param>
    /// <param name="Key">Fingerprint of the key that signs now.</param>
    /// <param name="Predecessor">Fingerprint of the key that was cut off.</param>
    /// <param name="TrustVersion">The version of the bundle that says so.</param>
    /// <param name="HostsCutOff">Hosts that had not reported for minutes: they learn of it when they come back; the first hundred.</param>
    /// <param name="HostsCutOffCount">How many there were.</param>
    public sealed record SigningKeyEmergency(
        KeyPurpose Purpose, string Key, string Predecessor, long TrustVersion, ImmutableArray<string> HostsCutOff, int HostsCutOffCount) : JournalEvent;

    /// <summary>A registered key is about to expire; told once for each threshold.</summary>
    /// <param name="Owner">The subject or group it belongs to.</param>
    /// <param name="Name">What the owner calls it.</param>
    /// <param name="Fingerprint">Of the key.</param>
    /// <param name="Expires">UTC, exclusive.</param>
    /// <param name="Days">The threshold: it expires in so many days or fewer.</param>
    public sealed record KeyExpiring(Holder Owner, string Name, string Fingerprint, DateTimeOffset Expires, int Days) : JournalEvent;

    /// <summary>An access token is about to expire; told once for each threshold.</summary>
    /// <param name="Id">Public half of the token.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Subject">Whom it speaks for.</param>
    /// <param name="Expires">UTC, exclusive.</param>
    /// <param name="Days">The threshold: it expires in so many days or fewer.</param>
    public sealed record TokenExpiring(string Id, string Name, Subject Subject, DateTimeOffset Expires, int Days) : JournalEvent;
}
