using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace SshFunctions.Support.Functions;

/// <summary>A message as a storage queue gives it.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="PopReceipt">What deletes it; empty when it was only looked at.</param>
/// <param name="DequeueCount">How often it was taken.</param>
/// <param name="InsertionTime">UTC.</param>
/// <param name="ExpirationTime">UTC.</param>
/// <param name="NextVisibleTime">UTC.</param>
/// <param name="RawText">As it lies there.</param>
public sealed record StoredMessage(
    string Id,
    string PopReceipt,
    long DequeueCount,
    DateTimeOffset InsertionTime,
    DateTimeOffset ExpirationTime,
    DateTimeOffset NextVisibleTime,
    string RawText)
{
    /// <summary>The decoded text; null when it is no base64.</summary>
    public string? Text
    {
        get
        {
            var bytes = new byte[RawText.Length];
            return Convert.TryFromBase64String(RawText, bytes, out int length) ? Encoding.UTF8.GetString(bytes.AsSpan(0, length)) : null;
        }
    }

    internal static StoredMessage Of(XElement message) => new(
        message.Element("MessageId")!.Value,
        message.Element("PopReceipt")?.Value ?? "",
        long.Parse(message.Element("DequeueCount")!.Value, CultureInfo.InvariantCulture),
        Time(message.Element("InsertionTime")),
        Time(message.Element("ExpirationTime")),
        Time(message.Element("TimeNextVisible")),
        message.Element("MessageText")!.Value);

    internal HostMessage ToHost(string text) =>
        new(text, Id, PopReceipt, DequeueCount, InsertionTime, ExpirationTime, NextVisibleTime);

    private static DateTimeOffset Time(XElement? element) =>
        element is null ? default : DateTimeOffset.Parse(element.Value, CultureInfo.InvariantCulture);
}
