using SshFunctions.Core.Journal;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Proofs.Schedules;

namespace SshFunctions.Core.Tests.Rotation;

/// <summary>What one instance of the broker keeps in memory.</summary>
internal sealed record RotationInstance(JournalWriter Journal, SigningKeyCache Keys, KeyRotations Rotations, StoreInstance? Process);
