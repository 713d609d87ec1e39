namespace SshFunctions.Support.Proofs.Histories;

/// <summary>One call of a store: what was asked, when, what was answered, and when.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="Partition">Of which partition.</param>
/// <param name="Call">What.</param>
/// <param name="Invoked">When it was asked; of one clock for all clients.</param>
/// <param name="Returned">When it was answered; null where nobody learned of an answer: then it may have happened since, or will, or never.</param>
/// <param name="Answer">The answer; null with <paramref name="Returned"/>.</param>
public sealed record HistoryOperation(int Client, string Partition, HistoryCall Call, long Invoked, long? Returned, HistoryAnswer? Answer);
