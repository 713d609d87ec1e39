using System.Collections.Immutable;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>The stored form of a checkpoint.</summary>
/// <param name="Statement">The text that is signed.</param>
/// <param name="Signature">Armored SSHSIG.</param>
/// <param name="Tail">Every leaf behind the frozen ones, also those that did not change.</param>
internal sealed record CheckpointRecord(string Statement, string Signature, ImmutableArray<SegmentHead> Tail);
