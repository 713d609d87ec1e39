namespace SshFunctions.Core.Journal;

/// <summary>An index of the journal held for one action: complete it, or dispose it and a void entry takes its place.</summary>
/// <remarks>Entries become durable in the order of their indexes, so a reservation that stays open holds up every later one.</remarks>
public sealed class JournalReservation : IDisposable
{
    private readonly JournalSlot _slot;

    internal JournalReservation(JournalSlot slot) => _slot = slot;

    /// <summary>Where the entry will lie.</summary>
    public JournalPosition Position => _slot.Position;

    /// <summary>The entry's time, by the broker's clock, UTC.</summary>
    public DateTimeOffset Time => _slot.Time;

    /// <summary>Says what the entry records, and waits until it is durable.</summary>
    /// <param name="journalEvent">What happened.</param>
    /// <returns>The durable entry. Only now may the action's result leave the broker.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The entry did not become durable; what it was to record must be dropped.</exception>
    /// <exception cref="InvalidOperationException">The reservation was completed or disposed before.</exception>
    public Task<JournalEntry> CompleteAsync(JournalEvent journalEvent) =>
        _slot.TryFill(journalEvent) ? _slot.Durable : throw new InvalidOperationException("the reservation is spent");

    /// <summary>Gives the index up.</summary>
    /// <param name="reason">Why, for an operator; ends in the journal.</param>
    public void Void(string reason) => _slot.TryFill(new JournalEvent.EntryVoid(reason));

    /// <summary>Gives the index up unless it was completed.</summary>
    public void Dispose() => Void("the action did not finish");
}
