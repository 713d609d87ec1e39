namespace SshFunctions.Support.Functions;

/// <summary>A queue message as the Functions host has it in hand.</summary>
/// <param name="Text">The decoded text.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="PopReceipt">What deletes it.</param>
/// <param name="DequeueCount">How often it was taken.</param>
/// <param name="InsertionTime">UTC.</param>
/// <param name="ExpirationTime">UTC.</param>
/// <param name="NextVisibleTime">UTC.</param>
public sealed record HostMessage(
    string Text,
    string Id,
    string PopReceipt,
    long DequeueCount,
    DateTimeOffset InsertionTime,
    DateTimeOffset ExpirationTime,
    DateTimeOffset NextVisibleTime)
{
    /// <summary>A message of nobody's queue.</summary>
    /// <param name="text">Its text.</param>
    public static HostMessage Of(string text)
    {
        var time = new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
        return new HostMessage(text, "800ae4b3-0000-4000-8000-000000000000", "AgAAAAMAAAAAAAAA", 1, time, time.AddDays(7), time.AddMinutes(10));
    }
}
