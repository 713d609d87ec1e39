namespace SshFunctions.Local.Queue;

/// <summary>What became of a look into a queue.</summary>
public enum QueueOutcome
{
    /// <summary>No message may be taken now.</summary>
    Empty,

    /// <summary>A message was handled and is gone.</summary>
    Handled,

    /// <summary>A message was not handled; it comes again.</summary>
    Failed,

    /// <summary>A message was tried too often and is put aside.</summary>
    PutAside,
}
