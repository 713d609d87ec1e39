namespace SshFunctions.Api;

/// <summary>A checkpoint of the journal.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Time">UTC.</param>
/// <param name="Size">Segments that it covers.</param>
/// <param name="Root">Merkle root over their heads, lower-case hexadecimal.</param>
/// <param name="Frozen">Leading segments that were closed.</param>
/// <param name="FrozenRoot">Merkle root over their heads.</param>
/// <param name="Previous">Hash of the statement before it.</param>
/// <param name="Hash">SHA-256 of its statement.</param>
/// <param name="Statement">What is signed, exactly.</param>
/// <param name="Signature">Armored SSHSIG of the journal key, namespace <c>sshfn-checkpoint</c>.</param>
public sealed record CheckpointResponse(
    long Number,
    DateTimeOffset Time,
    long Size,
    string Root,
    long Frozen,
    string FrozenRoot,
    string Previous,
    string Hash,
    string Statement,
    string Signature);
