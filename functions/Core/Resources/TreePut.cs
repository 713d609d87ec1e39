using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Resources;

/// <summary>A project, environment or resource on its way into the store.</summary>
/// <param name="Value">As it shall be, with the change of the switch that is stored.</param>
/// <param name="IsSwitched">Whether its switch is another than the stored one.</param>
/// <param name="WithChange">Puts a change of the switch into it.</param>
/// <param name="Encode">Its stored form.</param>
internal sealed record TreePut<T>(T Value, bool IsSwitched, Func<T, SwitchChange, T> WithChange, Func<T, byte[]> Encode)
{
    /// <summary>Whether a document says the same already.</summary>
    public bool IsStored(StoredDocument document) => !IsSwitched && document.Body.Span.SequenceEqual(Encode(Value));

    /// <summary>What is stored once the entry is written: a changed switch names who changed it.</summary>
    public (T Value, byte[] Body) Stamp(JournalEntry entry)
    {
        T value = IsSwitched ? WithChange(Value, SwitchChange.Of(entry, null)) : Value;
        return (value, Encode(value));
    }
}
