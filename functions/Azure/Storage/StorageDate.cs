using System.Globalization;
using Azure.Core;

namespace SshFunctions.Azure.Storage;

/// <summary>The date that a signature covers; storage refuses one that is a quarter of an hour off.</summary>
internal static class StorageDate
{
    private const string Header = "x-ms-date";

    /// <summary>Dates a request.</summary>
    /// <returns>What was written.</returns>
    public static string Set(Request request, TimeProvider clock)
    {
        string date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.SetValue(Header, date);
        return date;
    }
}
