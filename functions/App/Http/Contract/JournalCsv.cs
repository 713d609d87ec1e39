using System.Globalization;
using System.Text;
using SshFunctions.Core.Journal;

namespace SshFunctions.App.Http.Contract;

/// <summary>Journal entries as rows of a spreadsheet; no cell is taken for a formula.</summary>
/// <remarks>Source: RFC 4180; OWASP, "CSV Injection": = + - @ tab and carriage return begin a formula.</remarks>
internal static class JournalCsv
{
    public const string Header = "serial,segment,index,time,caller,subject,token,issuer,event,resource,details,hash,previous\r\n";

    private const string Formula = "=+-@\t\r\n";

    public static string RowOf(JournalEntry entry)
    {
        string details = JournalContract.Of(entry).Details.GetRawText();
        string?[] cells =
        [
            entry.Position.Serial.ToString(CultureInfo.InvariantCulture),
            entry.Position.Segment.ToString(CultureInfo.InvariantCulture),
            entry.Position.Index.ToString(CultureInfo.InvariantCulture),
            entry.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            entry.Caller.Kind.ToString(),
            entry.Caller.Subject.Text,
            entry.Caller.Token,
            entry.Caller.Issuer,
            entry.Event.Kind,
            entry.Event.About?.Text,
            details,
            entry.Hash,
            entry.Previous,
        ];
        return string.Join(',', cells.Select(Cell)) + "\r\n";
    }

    internal static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var cell = new StringBuilder(text.Length + 2).Append('"');
        if (Formula.Contains(text[0], StringComparison.Ordinal)) cell.Append('\'');
        return cell.Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
    }
}
