namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>The stored root of a complete subtree over frozen leaves.</summary>
internal sealed record MerkleNode(string Hash);
